// What the views compute without widgets: the plane's map, the runs of a setup, the lines of the curves, the
// words.
#include "core/models/families.h"
#include "ui/models/metrics_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/explore/plane_ellipse.h"
#include "ui/views/explore/plane_map.h"
#include "ui/views/explore/step_match.h"
#include "ui/views/inspector/setup_draft.h"
#include "ui/views/inspector/setup_memory.h"
#include "ui/views/shared/words.h"
#include "ui/views/train/curve_choice.h"

#include <QTest>

using namespace latent;
using namespace latent::ui;

class TestValues : public QObject {
  Q_OBJECT
 private slots:
  void twoLatentsAreTheirOwnCoordinates();
  void theRestIsHeld();
  void oneLatentHasNoSecondCoordinate();
  void mainDirectionsThereAndBack();
  void axesPassThroughThePoint();
  void posteriorOfTwoLatentsKeepsItsSigmas();
  void posteriorIsProjectedOnMainDirections();
  void pointsOfAnotherStepAreNamedAndFade();
  void listsTimesFamiliesMakeRuns();
  void keysThatAFamilyLacksDoNotMultiplyIt();
  void schemaHasEachKeyOnce();
  void boundOfAVaeIsItsElboAndOfAnAeItsReconstruction();
  void facetsNameTheParameter();
  void logAxesLeaveOutWhatTheyCannotShow();
  void aForkBeginsAtItsParentsLastPoint();
  void setupMemoryGoesThroughItsFile();
  void damagedSetupMemoryCostsAValue();
  void wordsForTime();
  void wordsForSizes();

 private:
  static RunItem item(const RunId& id, bool prior, int64_t latent);
};

RunItem TestValues::item(const RunId& id, bool prior, int64_t latent) {
  RunItem run;
  run.id = id;
  run.shortFamily = prior ? "VAE" : "AE";
  run.datasetName = "digits";
  run.spec.parameters.set("latent", latent);
  run.hasPrior = prior;
  run.config.epochs = 12;
  return run;
}

void TestValues::twoLatentsAreTheirOwnCoordinates() {
  const PlaneMap map = PlaneMap::latents(0, 1);
  const LatentPoint z{0.1F, -1.7F};
  const PlanePoint at = map.project(z);
  QCOMPARE(static_cast<float>(at.x), z[0]);
  QCOMPARE(static_cast<float>(at.y), z[1]);
  QCOMPARE(map.placed({5.0F, 6.0F}, at), z); // bit for bit
}

void TestValues::theRestIsHeld() {
  const PlaneMap map = PlaneMap::latents(2, 0);
  QCOMPARE(map.placed({1.0F, 2.0F, 3.0F}, {7, 8}), (LatentPoint{8.0F, 2.0F, 7.0F}));
}

void TestValues::oneLatentHasNoSecondCoordinate() {
  const PlaneMap map = PlaneMap::latents(0, 1);
  QCOMPARE(map.project(LatentPoint{0.5F}), (PlanePoint{0.5, 0}));
  QCOMPARE(map.placed({0.5F}, {1.5, 9}), (LatentPoint{1.5F}));
  QCOMPARE(map.axesThrough({0.5F}).axis2, (LatentPoint{0.0F}));
}

void TestValues::mainDirectionsThereAndBack() {
  const float h = std::sqrt(0.5F);
  const PlaneMap map = PlaneMap::mainDirections({{1, 1, 1}, {h, h, 0}, {0, 0, 1}});
  const LatentPoint z{3, 0, 4};
  const PlanePoint at = map.project(z);
  QVERIFY(std::abs(at.x - 1 * h) < 1e-6); // (2, -1, 3) . (h, h, 0)
  QVERIFY(std::abs(at.y - 3) < 1e-6);
  const LatentPoint moved = map.placed(z, {at.x + 2, at.y - 1});
  QVERIFY(std::abs(moved[0] - (3 + 2 * h)) < 1e-5);
  QVERIFY(std::abs(moved[1] - 2 * h) < 1e-5);
  QVERIFY(std::abs(moved[2] - 3) < 1e-5);
}

void TestValues::axesPassThroughThePoint() {
  const PlaneMap map = PlaneMap::latents(1, 2);
  const PlaneAxes axes = map.axesThrough({4, 5, 6});
  QCOMPARE(axes.origin, (LatentPoint{4, 0, 0}));
  QCOMPARE(axes.axis1, (LatentPoint{0, 1, 0}));
  QCOMPARE(axes.axis2, (LatentPoint{0, 0, 1}));
}

void TestValues::posteriorOfTwoLatentsKeepsItsSigmas() {
  const std::vector<float> logVar{std::log(0.25F), std::log(4.0F), std::log(9.0F)};
  const PlaneEllipse ellipse = ellipseOf({1, 2}, PlaneMap::latents(2, 0).projectVariance(logVar));
  QCOMPARE(ellipse.centre, (PlanePoint{1, 2}));
  QVERIFY(std::abs(ellipse.sigmaX - 3) < 1e-6 && std::abs(ellipse.sigmaY - 0.5) < 1e-6);
  QCOMPARE(ellipse.angle, 0.0);
  QCOMPARE(ellipseOf({}, PlaneMap::latents(0, 1).projectVariance({logVar.data(), 1})).sigmaY, 0.0);
}

void TestValues::posteriorIsProjectedOnMainDirections() {
  // A posterior along the axes, seen along directions that are turned by 0.6 in the first two latents: the
  // ellipse is turned back.
  const float c = std::cos(0.6F), s = std::sin(0.6F);
  const PlaneMap turned = PlaneMap::mainDirections({{1, 1, 1}, {c, s, 0}, {-s, c, 0}});
  const PlaneEllipse ellipse =
      ellipseOf({}, turned.projectVariance(std::vector<float>{std::log(4.0F), std::log(0.25F), 7.0F}));
  QVERIFY(std::abs(ellipse.sigmaX - 2) < 1e-5 && std::abs(ellipse.sigmaY - 0.5) < 1e-5);
  QVERIFY(std::abs(ellipse.angle + 0.6) < 1e-5);
  // The standard normal prior is a circle along any orthonormal directions, wherever they pass.
  const PlaneEllipse prior = ellipseOf({}, turned.projectVariance(std::vector<float>(3, 0.0F)));
  QVERIFY(std::abs(prior.sigmaX - 1) < 1e-5 && std::abs(prior.sigmaY - 1) < 1e-5);
  const PlanePoint zero = turned.project(LatentPoint{0, 0, 0});
  QVERIFY(std::abs(zero.x + c + s) < 1e-5 && std::abs(zero.y - (s - c)) < 1e-5);
}

void TestValues::pointsOfAnotherStepAreNamedAndFade() {
  StepMatch match(nullptr);
  match.set(600, 600, 600);
  QCOMPARE(match.note(), QString());
  match.set(600, 600, 1200); // tiles and points agree: whatever comes next
  QCOMPARE(match.note(), QString());
  match.set(1200, 600, 1200);
  QCOMPARE(match.note(), QString()); // a scrub may be answered at once
  QTRY_VERIFY(match.pointsFaded());
  QVERIFY(match.note().contains("points of step 600"));
  match.set(1200, 1200, 1200);
  QVERIFY(!match.pointsFaded() && match.note().isEmpty());
  match.set(1200, 600, 600); // the points are those that were asked for
  QTRY_VERIFY(match.note().contains("tiles of step"));
  QVERIFY(!match.pointsFaded());

  match.set(600, 600, 600);
  match.setMoving(true);
  match.set(610, 600, 612);
  QVERIFY(match.note().contains("points of step 600")); // while it trains, at once
  QVERIFY(!match.pointsFaded());
  match.set(660, 650, 662); // newer points: patience begins anew
  QVERIFY(!match.pointsFaded());
  QTRY_VERIFY(match.pointsFaded()); // overdue
  match.set(std::nullopt, 650, 700);
  QVERIFY(match.note().isEmpty());
}

void TestValues::listsTimesFamiliesMakeRuns() {
  std::vector<Parameters> drafts(2);
  drafts[0].set("latent", int64_t{2});
  drafts[1].set("latent", int64_t{3});
  for (Parameters& draft : drafts) {
    draft.set("epochs", int64_t{4});
    draft.set("seed", int64_t{9});
  }
  const auto runs = setupRuns({*findFamily("ae"), *findFamily("vae")}, drafts, "digits");
  QCOMPARE(runs.size(), size_t{4});
  QCOMPARE(runs[0].family, std::string("ae"));
  QCOMPARE(runs[1].family, std::string("vae"));
  QCOMPARE(runs[1].parameters.integer("latent"), int64_t{2});
  QCOMPARE(runs[3].parameters.integer("latent"), int64_t{3});
  for (const RunConfig& run : runs) {
    QCOMPARE(run.epochs, int64_t{4});
    QCOMPARE(run.seed, uint64_t{9});
    QCOMPARE(run.dataset, std::string("digits"));
    QVERIFY(!run.parameters.has("epochs"));
  }
}

void TestValues::keysThatAFamilyLacksDoNotMultiplyIt() {
  FamilyInfo plain = *findFamily("ae");
  FamilyInfo rich = *findFamily("vae");
  rich.schema.push_back({.key = "beta", .sweepable = true});
  std::vector<Parameters> drafts(2);
  drafts[0].set("beta", 1.0);
  drafts[1].set("beta", 4.0);
  const auto runs = setupRuns({plain, rich}, drafts, "digits");
  QCOMPARE(runs.size(), size_t{3}); // one AE, two of the other
}

void TestValues::schemaHasEachKeyOnce() {
  const ParameterSchema run{{.key = "dataset"}, {.key = "epochs"}, {.key = "threads"}};
  const ParameterSchema schema = setupSchema({*findFamily("ae"), *findFamily("vae")}, run);
  for (const ParameterSpec& spec : schema)
    QCOMPARE(std::ranges::count(schema, spec.key, &ParameterSpec::key), 1);
  QVERIFY(findParameter(schema, "latent"));
  QVERIFY(findParameter(schema, "epochs"));
  QVERIFY(!findParameter(schema, "dataset"));
  QVERIFY(!findParameter(schema, "threads"));
}

void TestValues::boundOfAVaeIsItsElboAndOfAnAeItsReconstruction() {
  RunsModel runs;
  runs.put(item("/v", true, 2));
  runs.put(item("/a", false, 2));
  MetricsStore metrics;
  metrics.append(
      "/v", {{600, 1, "test", "loss", 150}, {600, 1, "test", "elbo", -150}, {600, 1, "test", "recon", 140}});
  metrics.append("/a", {{600, 1, "test", "loss", 130}, {600, 1, "test", "recon", 130}});
  CurveChoice choice;
  auto lines = curveLines(choice, {"/v", "/a"}, runs, metrics).lines;
  QCOMPARE(lines.size(), size_t{2});
  QCOMPARE(lines[0].y.front(), 150.0);
  choice.bound = true;
  lines = curveLines(choice, {"/v", "/a"}, runs, metrics).lines;
  QCOMPARE(lines[0].y.front(), -150.0);
  QVERIFY(lines[0].label.contains("ELBO"));
  QCOMPARE(lines[1].y.front(), -130.0);
  QVERIFY(lines[1].label.contains("recon"));
  choice.part = "recon";
  lines = curveLines(choice, {"/v", "/a"}, runs, metrics).lines;
  QCOMPARE(lines[0].y.front(), -140.0);
}

void TestValues::facetsNameTheParameter() {
  RunsModel runs;
  runs.put(item("/v", true, 2));
  runs.put(item("/w", true, 20));
  QCOMPARE(facetKeys({"/v", "/w"}, runs), std::vector<std::string>{"latent"});
  QVERIFY(facetKeys({"/v"}, runs).empty());
  MetricsStore metrics;
  metrics.append("/w", {{1, 0.1, "test", "loss", 5}});
  CurveChoice choice;
  choice.facet = "latent";
  QCOMPARE(curveLines(choice, {"/v", "/w"}, runs, metrics).lines.front().facet, QString("latent 20"));
}

void TestValues::logAxesLeaveOutWhatTheyCannotShow() {
  RunsModel runs;
  runs.put(item("/v", true, 2));
  MetricsStore metrics;
  metrics.append("/v", {{0, 0, "test", "kl", 0}, {1, 0.5, "test", "kl", 2}});
  CurveChoice choice;
  choice.part = "kl";
  QCOMPARE(curveLines(choice, {"/v"}, runs, metrics).lines.front().x.size(), size_t{2});
  choice.logX = true;
  QCOMPARE(curveLines(choice, {"/v"}, runs, metrics).lines.front().x.size(), size_t{1});
  choice.logX = false;
  choice.logY = true; // the KL of 0 has no logarithm
  QCOMPARE(curveLines(choice, {"/v"}, runs, metrics).lines.front().x.size(), size_t{1});
  QCOMPARE(curveLines(choice, {"/v"}, runs, metrics).leftOut, size_t{1});
  choice.bound = true; // nor has any −KL
  QVERIFY(curveLines(choice, {"/v"}, runs, metrics).lines.empty());
  QCOMPARE(curveLines(choice, {"/v"}, runs, metrics).leftOut, size_t{2});
}

void TestValues::aForkBeginsAtItsParentsLastPoint() {
  RunsModel runs;
  runs.put(item("/v", true, 2));
  RunItem fork = item("/f", true, 2);
  fork.config.parent = ForkPoint{.run = "/v", .step = 15};
  runs.put(fork);
  MetricsStore metrics;
  metrics.append("/v", {{10, 1, "test", "loss", 9}, {20, 2, "test", "loss", 7}});
  metrics.append("/f", {{20, 2, "test", "loss", 6}});
  const CurveChoice choice;
  QCOMPARE(curveLines(choice, {"/f"}, runs, metrics).lines.front().y, (std::vector<double>{9, 6}));
  fork.config.dataset = "other"; // whose values say nothing of these images
  runs.put(fork);
  QCOMPARE(curveLines(choice, {"/f"}, runs, metrics).lines.front().y, std::vector<double>{6});
}

void TestValues::setupMemoryGoesThroughItsFile() {
  SetupMemory memory;
  memory.families = {"ae", "vae"};
  memory.dataset = "/home/me/faces";
  memory.texts["vae"]["latent"] = QStringLiteral("2, 10");
  memory.texts[""]["epochs"] = QStringLiteral("40");
  QVERIFY(setupFromJson(setupToJson(memory)) == memory);
  QCOMPARE(rememberedText(memory, "vae", "latent"), std::optional(QStringLiteral("2, 10")));
  QVERIFY(!rememberedText(memory, "ae", "latent"));
}

void TestValues::damagedSetupMemoryCostsAValue() {
  QVERIFY(setupFromJson(Json()) == SetupMemory());
  QVERIFY(setupFromJson(Json::parse("[1]")) == SetupMemory());
  const SetupMemory memory = setupFromJson(Json::parse(
      R"({"families": ["ae", 3], "dataset": 7, "texts": {"ae": {"latent": 2, "batch": "50"}, "vae": []}})"));
  QCOMPARE(memory.families, std::vector<std::string>{"ae"});
  QVERIFY(memory.dataset.empty());
  QCOMPARE(rememberedText(memory, "ae", "batch"), std::optional(QStringLiteral("50")));
  QVERIFY(!rememberedText(memory, "ae", "latent"));
}

void TestValues::wordsForTime() {
  RunItem run = item("/v", true, 2);
  run.step = 7200;
  run.epoch = 12;
  QCOMPARE(stepsPerEpoch(run), int64_t{600});
  QCOMPARE(timeText(run, std::nullopt), QString("Live"));
  QCOMPARE(timeText(run, 1800), QString("Epoch 3 of 12"));
  QVERIFY(timeText(run, 30).startsWith("Step 30 of "));
}

void TestValues::wordsForSizes() {
  QCOMPARE(sizeText(11'594'722), QString("12 MB"));
  QCOMPARE(sizeText(1'550'000), QString("1.6 MB"));
  QCOMPARE(sizeText(940'000), QString("940 kB"));
  QCOMPARE(numberText(-148.23), QString(QChar(0x2212)) + "148.2");
}

QTEST_GUILESS_MAIN(TestValues)
#include "test_values.moc"
