#include "tests/layers/layers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace latent {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

SourceTree readTree() {
  SourceTree tree;
  const std::filesystem::path root(LATENT_SOURCE_DIR);
  for (const char* top : {"core", "ui", "app"})
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / top)) {
      const auto extension = entry.path().extension();
      if (extension != ".h" && extension != ".cpp") continue;
      std::ostringstream text;
      text << std::ifstream(entry.path()).rdbuf();
      tree[std::filesystem::relative(entry.path(), root).generic_string()] = text.str();
    }
  return tree;
}

TEST(Layers, theTreeKeepsItsWalls) {
  const SourceTree tree = readTree();
  ASSERT_GT(tree.size(), 50u);
  EXPECT_THAT(findBreaches(tree), IsEmpty());
}

TEST(Layers, everyWallIsWatched) {
  const std::pair<SourceTree, const char*> cases[] = {
      {{{"core/base/a.h", "#include \"core/data/dataset.h\"\n"}}, "may not"},
      {{{"core/io/a.h", "#include \"core/figure/figure.h\"\n"}}, "may not"},
      {{{"core/run/a.cpp", "#include <QString>\n"}}, "no screen"},
      {{{"app/cli/a.cpp", "#include <QtCore/QString>\n"}}, "no screen"},
      {{{"core/train/trainer.h", "#include <torch/torch.h>\n"}}, "only inside core/models"},
      {{{"core/run/a.cpp", "#  include <ATen/ATen.h>\n"}}, "compute with tensors"},
      {{{"ui/views/a.cpp", "#include <torch/torch.h>\n"}}, "no tensor"},
      {{{"ui/widgets/a.cpp", "#include \"ui/bridge/b.h\"\n"}}, "may not"},
      {{{"ui/views/a.cpp", "#include <qcustomplot.h>\n"}}, "ui/plots alone"},
      {{{"core/base/a.cpp", "#include \"app/cli/main.h\"\n"}}, "nothing includes a program"},
      {{{"core/explore/a.cpp", "#include <opencv2/highgui.hpp>\n"}}, "second Qt"},
      {{{"elsewhere/a.cpp", ""}}, "no layer"},
  };
  for (const auto& [tree, expected] : cases)
    EXPECT_THAT(findBreaches(tree), testing::Contains(HasSubstr(expected))) << tree.begin()->first;
}

TEST(Layers, aWallIsSeenThroughOtherHeaders) {
  const SourceTree tree{{"ui/views/view.cpp", "#include \"ui/bridge/bridge.h\"\n"},
                        {"ui/bridge/bridge.h", "#include \"core/models/model.h\"\n"},
                        {"core/models/model.h", "#include <torch/torch.h>\n"}};
  EXPECT_THAT(findBreaches(tree),
              ElementsAre(HasSubstr("ui/bridge/bridge.h sees torch/torch.h through core/models/model.h"),
                          HasSubstr("ui/views/view.cpp sees torch/torch.h")));
}

TEST(Layers, whatIsAllowedPasses) {
  const SourceTree tree{
      {"core/models/vae.cpp", "#include <torch/torch.h>\n#include \"core/base/result.h\"\n"},
      {"core/train/trainer.cpp", "#include \"core/train/detail/loop.h\"\n"},
      {"core/train/detail/loop.h", "#include <torch/torch.h>\n"},
      {"ui/plots/a.cpp", "#include <qcustomplot.h>\n#include <QWidget>\n"},
      {"ui/views/a.h", "#include \"ui/bridge/b.h\"\n"}};
  EXPECT_THAT(findBreaches(tree), IsEmpty());
}

} // namespace
} // namespace latent
