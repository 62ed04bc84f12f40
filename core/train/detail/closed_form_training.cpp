#include "core/train/detail/closed_form_training.h"

#include "core/train/detail/tensor_arrays.h"

#include <algorithm>
#include <stdexcept>

namespace latent {

namespace {

constexpr int64_t kBatch = 500;

ClosedForm& solverOf(Model& model) {
  if (ClosedForm* solver = model.closedForm()) return *solver;
  throw std::logic_error("ClosedFormTraining: the model of a closed-form family has no closed form");
}

} // namespace

ClosedFormTraining::ClosedFormTraining(const TrainerConfig& config, std::shared_ptr<const Dataset> dataset,
                                       const std::optional<Checkpoint>& resumeFrom)
    : Training(config, std::move(dataset), FlatModel::Gradients::none),
      m_solver(solverOf(m_model.model())),
      m_binarisation(stream("binarisation", m_model.device())) {
  if (resumeFrom) {
    restore(*resumeFrom);
    return;
  }
  beginWeights(config.start);
  begin();
}

void ClosedFormTraining::begin() {
  m_added = 0;
  m_binarisation = stream("binarisation", m_model.device());
  m_solver.begin();
}

double ClosedFormTraining::progress() const {
  return m_step > 0 ? epoch() : static_cast<double>(m_added) / static_cast<double>(m_train.size());
}

int64_t ClosedFormTraining::callsPerEpoch() const {
  return (m_train.size() + kBatch - 1) / kBatch + 1;
}

std::optional<Divergence> ClosedFormTraining::update() {
  torch::NoGradGuard noGrad;
  if (m_added < m_train.size()) {
    const int64_t count = std::min(kBatch, m_train.size() - m_added);
    m_solver.add(pixelsFromBytes(m_train.range(m_added, count), m_pixels, m_binarisation));
    m_added += count;
  } else {
    m_solver.solve();
    m_step = 1;
  }
  return std::nullopt;
}

std::optional<Measures> ClosedFormTraining::measureTraining(const GoOn& goOn) {
  return measureModel(m_model.model(), m_pixels, m_train, m_seed, m_model.device(), m_step, goOn);
}

void ClosedFormTraining::restore(const Checkpoint& checkpoint) {
  Training::restore(checkpoint);
  if (m_step < 0 || m_step > 1 || m_epoch < 0 || m_epoch > m_step)
    throw CheckpointError("The checkpoint does not fit: its step and epoch are not those of one solution.");
  begin();
}

} // namespace latent
