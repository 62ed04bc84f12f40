// What F1 says about the settings of Compare.
#include "ui/views/compare/compare_bar.h"
#include "ui/widgets/help_popover.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QSpinBox>

namespace latent::ui {

void CompareBar::explain() {
  setHelp(m_rows,
          {tr("Rows"), tr("Runs side by side, or one run over time: its kept snapshots at the epochs that "
                          "you name, the nearest kept ones, or a spread of them.")});
  setHelp(
      m_inputs,
      {tr("Images"),
       tr("Test images: the first ones, random ones (by the seed), the same number of each class, or those "
          "that the active run reconstructs best or worst of the whole test set."),
       tr("error(x) = Σ (x − x̂)²")});
  setHelp(m_errorMap,
          {tr("Error map"),
           tr("Below each run where its reconstruction is wrong: from dark, right, to bright, wrong by "
              "the whole range. One scale for all pictures."),
           tr("|x − x̂|, mean over the channels")});
  setHelp(m_sigmas,
          {tr("Levels of noise"),
           tr("Noise of this size is added to the code of the input, the same eps for every run; σ 0 is the "
              "reconstruction."),
           tr("x̂ = decoder(mu(x) + σ s eps),  eps ~ N(0, I)")});
  setHelp(m_scale,
          {tr("Raw or by the spread"),
           tr("× spread: each latent's noise is measured by the standard deviation of its codes over the "
              "test set, so that a run with wide codes has no advantage. Raw: the same σ for every latent "
              "of every run."),
           tr("raw: s = 1;  × spread: s_j = std of z_j ~ q(z|x) over the test set")});
  setHelp(m_draws,
          {tr("Draws"),
           tr("Several draws of eps for each picture: each in a column of its own, or the mean of their "
              "images."),
           tr("mean = 1/n Σ decoder(mu(x) + σ s eps_i)")});
  setHelp(m_drawCount, *helpOf(m_draws));
  setHelp(m_temperature,
          {tr("Temperature"),
           tr("Below 1 the draws stay near the middle of the prior, above 1 they leave it. For tokens "
              "it divides the logits of the prior."),
           tr("z = T eps,  eps ~ N(0, I);  fitted: z = m + T A eps,  A Aᵀ = C of the codes")});
  setHelp(m_bernoulli,
          {tr("Means or draws"),
           tr("The decoder gives each pixel's mean. A Bernoulli draw makes each pixel 0 or 1 with that "
              "mean as its probability; the same uniform numbers for every run."),
           tr("x ~ Bernoulli(decoder(z))")});
  setHelp(m_from,
          {tr("Ends of the path"),
           tr("The Input x, a test image or a pin. Images are encoded by each run; a pin of another run is "
              "carried over by the link.")});
  setHelp(m_to, *helpOf(m_from));
  setHelp(m_path,
          {tr("Straight or spherical"),
           tr("Straight: evenly from one code to the other. Spherical: along the great circle, with the "
              "length changing evenly, so that the path stays where a Gaussian prior has its mass."),
           tr("z(t) = (1 − t) a + t b;  spherical: Shoemake 1985")});
  setHelp(m_loop, {tr("Loop"), tr("There and back again, no frame twice.")});
  setHelp(m_latent,
          {tr("The latent that moves"),
           tr("One latent of each run moves over the range; all others keep the values of the start."),
           tr("z = start + (value − start_j) e_j")});
  setHelp(m_start,
          {tr("Start"), tr("The code of the Input x in each run; the point of the active run, carried to "
                           "others by the link; or the mean of the prior (without one: of the codes).")});
  setHelp(m_range,
          {tr("Range"),
           tr("Standard deviations of the prior, quantiles of each run's own codes, or values of z."),
           tr("quantile q: the value below which a share q of the codes lies")});
  setHelp(m_seed,
          {tr("Seed"), tr("All draws follow from it: equal seeds give equal pictures, in the window, in "
                          "exported figures and in latent.")});
}

} // namespace latent::ui
