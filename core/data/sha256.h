// SHA-256 of bytes that arrive in pieces (FIPS 180-4, by OpenSSL).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

struct evp_md_ctx_st;

namespace latent {

class Sha256 {
 public:
  Sha256();
  void update(std::span<const uint8_t> bytes);
  std::string hex(); ///< 64 lower-case digits; once, after the last update()

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> m_context;
};

} // namespace latent
