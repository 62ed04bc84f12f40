# Everything the project takes from outside, in one place. Debian 12's packages are the baseline.

find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(nlohmann_json REQUIRED)
# What misses one of these says so when it is asked for: downloads, .npz and .tar.gz files, folders of images, movies.
find_package(CURL QUIET)
find_package(LibArchive QUIET)
find_package(OpenCV QUIET COMPONENTS core imgproc imgcodecs OPTIONAL_COMPONENTS videoio)
find_package(GIF 5 QUIET)

if(LATENT_TORCH)
  find_package(CLI11 REQUIRED)
  # Debian's Torch package leaves its warnings about optional parts; they are not ours to fix.
  find_package(Torch REQUIRED)
  add_library(latent_torch_headers INTERFACE)
  target_include_directories(latent_torch_headers SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
  separate_arguments(latent_torch_flags UNIX_COMMAND "${TORCH_CXX_FLAGS}")
  target_compile_options(latent_torch_headers INTERFACE ${latent_torch_flags})
  target_link_libraries(latent_torch_headers INTERFACE ${TORCH_LIBRARIES})
endif()

if(LATENT_GUI)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets PrintSupport Svg)
  find_package(QCustomPlotQt6 REQUIRED)
  if(LATENT_TESTS)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Test)
  endif()
endif()
if(LATENT_TESTS)
  find_package(GTest REQUIRED)
endif()
