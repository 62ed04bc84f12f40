#include "core/models/interchange/torchscript_module.h"

#include "core/models/torch_compat.h"

#include <torch/csrc/jit/runtime/graph_executor.h>

#include <sstream>

namespace latent {
namespace {

std::string shapeText(const torch::Tensor& tensor) {
  std::ostringstream text;
  text << tensor.sizes();
  return text.str();
}

/// LibTorch's reason in one line, told apart from an archive that is only too new.
std::string reasonOf(const c10::Error& error) {
  const std::string text = error.what_without_backtrace();
  if (text.find("maximum supported version") != std::string::npos)
    return "it was saved by a newer PyTorch than this program's LibTorch " TORCH_VERSION
           " can read; save it with that version or an older one";
  if (text.find("Unknown builtin op") != std::string::npos ||
      text.find("Unknown type name") != std::string::npos)
    return "it uses what this program's LibTorch " TORCH_VERSION
           " does not know, so a newer PyTorch saved it: " +
           compat::message(error);
  return compat::message(error);
}

torch::jit::Module load(std::span<const std::byte> archive, const torch::Device& device) {
  std::istringstream stream(std::string(reinterpret_cast<const char*>(archive.data()), archive.size()));
  try {
    torch::jit::Module module = torch::jit::load(stream, device);
    module.to(torch::kFloat32);
    module.eval();
    return module;
  } catch (const c10::Error& error) {
    throw TorchScriptFault("this is no TorchScript archive that can be opened: " + reasonOf(error));
  } catch (const std::exception& error) { // the script's own parser throws these
    const std::string text = error.what();
    throw TorchScriptFault("this is no TorchScript archive that can be opened: " +
                           text.substr(0, text.find('\n')));
  }
}

torch::Tensor floats(const c10::IValue& value, const char* method) {
  if (!value.isTensor()) throw TorchScriptFault(std::string("the method ") + method + " gives no tensor");
  return value.toTensor().to(torch::kFloat32);
}

} // namespace

TorchScriptModule::TorchScriptModule(std::span<const std::byte> archive, const torch::Device& device)
    : m_module(load(archive, device)) {
  for (const char* name : {"encode", "decode"}) {
    const auto method = m_module.find_method(name);
    if (!method)
      throw TorchScriptFault(std::string("the method ") + name +
                             " is missing; a module needs encode(x) and decode(z), exported with "
                             "@torch.jit.export");
    const auto& arguments = method->function().getSchema().arguments(); // the module itself comes first
    size_t needed = 0;
    for (size_t i = 1; i < arguments.size(); ++i) needed += arguments[i].default_value() ? 0 : 1;
    if (arguments.size() < 2 || needed > 1)
      throw TorchScriptFault(std::string("the method ") + name + " takes " + std::to_string(needed) +
                             " arguments in place of one tensor");
  }
}

c10::IValue TorchScriptModule::call(const char* method, const torch::Tensor& argument) {
  const torch::NoGradGuard noGrad;
  const torch::jit::GraphOptimizerEnabledGuard plain(false);
  try {
    return m_module.get_method(method)({argument});
  } catch (const c10::Error& error) {
    throw TorchScriptFault(std::string("the method ") + method + " failed on a tensor of shape " +
                           shapeText(argument) + ": " + compat::message(error));
  } catch (const std::exception& error) {
    // The interpreter's message begins with a trace through the script; its last line is the reason.
    std::string text = error.what();
    while (!text.empty() && text.back() == '\n') text.pop_back();
    throw TorchScriptFault(std::string("the method ") + method + " failed on a tensor of shape " +
                           shapeText(argument) + ": " + text.substr(text.rfind('\n') + 1));
  }
}

Posterior TorchScriptModule::encode(const torch::Tensor& x) {
  const c10::IValue value = call("encode", x);
  Posterior q;
  if (!value.isTuple()) {
    q.mu = floats(value, "encode");
  } else {
    const auto& elements = value.toTupleRef().elements();
    if (elements.size() != 2)
      throw TorchScriptFault("the method encode gives " + std::to_string(elements.size()) +
                             " values in place of mu or (mu, logvar)");
    q.mu = floats(elements[0], "encode");
    q.logVar = floats(elements[1], "encode");
  }
  if (q.mu.dim() != 2 || q.mu.size(0) != x.size(0) || q.mu.size(1) < 1)
    throw TorchScriptFault("the method encode gives " + shapeText(q.mu) + " for " + shapeText(x) +
                           " in place of one row of latents an image");
  if (q.logVar.defined() && q.logVar.sizes() != q.mu.sizes())
    throw TorchScriptFault("the method encode gives mu " + shapeText(q.mu) + " and logvar " +
                           shapeText(q.logVar) + ", which must be of one shape");
  return q;
}

torch::Tensor TorchScriptModule::decode(const torch::Tensor& z, const ImageShape& shape) {
  torch::Tensor images = floats(call("decode", z), "decode");
  const std::vector<int64_t> wanted{z.size(0), shape.channels, shape.height, shape.width};
  if (images.sizes() != c10::IntArrayRef(wanted))
    throw TorchScriptFault("the method decode gives " + shapeText(images) + " for " + shapeText(z) +
                           " in place of images [" + std::to_string(z.size(0)) + ", " +
                           std::to_string(shape.channels) + ", " + std::to_string(shape.height) + ", " +
                           std::to_string(shape.width) + "]");
  return images;
}

} // namespace latent
