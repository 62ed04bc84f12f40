# How every target of the project is made: one warning set, one sanitizer switch, ccache when it is there.

find_program(LATENT_CCACHE ccache)
if(LATENT_CCACHE)
  # The precompiled torch header is only cacheable with these; see the ccache manual, "Precompiled headers".
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${LATENT_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${LATENT_CCACHE})
endif()

add_library(latent_options INTERFACE)
target_compile_options(latent_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
                       -Wno-missing-field-initializers # designated initialisers leave defaults out on purpose
                       # GCC 12 reports std::string's own code (GCC bug 105651)
                       $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict;-fpch-preprocess> $<$<BOOL:${LATENT_WERROR}>:-Werror>)
target_include_directories(latent_options INTERFACE ${PROJECT_SOURCE_DIR})
if(LATENT_SANITIZE)
  target_compile_options(latent_options INTERFACE -fsanitize=${LATENT_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(latent_options INTERFACE -fsanitize=${LATENT_SANITIZE})
endif()
if(LATENT_FUZZ)
  target_compile_options(latent_options INTERFACE -fsanitize=fuzzer-no-link,address,undefined)
  target_link_options(latent_options INTERFACE -fsanitize=address,undefined)
endif()

# latent_library(NAME SOURCES ... [LINKS public targets...] [PRIVATE_LINKS ...])
function(latent_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  add_library(${name} STATIC ${arg_SOURCES})
  target_link_libraries(${name} PUBLIC latent_options ${arg_LINKS} PRIVATE ${arg_PRIVATE_LINKS})
endfunction()

# Torch sources share one precompiled header: torch/torch.h costs 13-20 s a file without it.
# The first target builds it, the others reuse it, so all of them must be given the same options.
# latent_torch(NAME [OWNER]): OWNER is the target whose header is shared, latent_models unless named.
function(latent_torch name)
  set(owner latent_models)
  if(ARGC GREATER 1)
    set(owner ${ARGV1})
  endif()
  target_link_libraries(${name} PRIVATE latent_torch_headers)
  get_target_property(type ${name} TYPE)
  if(type STREQUAL EXECUTABLE)
    # A program would be compiled with -fPIE, and the header that libraries share was made with -fPIC.
    set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
    target_compile_options(${name} PRIVATE -fPIC)
  endif()
  if(TARGET ${owner} AND NOT name STREQUAL owner)
    target_precompile_headers(${name} REUSE_FROM ${owner})
  else()
    target_precompile_headers(${name} PRIVATE <torch/torch.h>)
  endif()
endfunction()

# add_subdirectory for folders that may be left out of a partial checkout.
function(latent_folders)
  foreach(folder ${ARGN})
    if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/CMakeLists.txt)
      add_subdirectory(${folder})
    endif()
  endforeach()
endfunction()
