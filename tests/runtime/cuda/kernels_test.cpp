// Compilation of kernels and the cache on disk, on the emulated GPU.
#include "runtime/cuda/kernels.h"

#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "runtime/cuda/cubin_cache.h"
#include "runtime/trace/knobs.h"
#include "tests/runtime/cuda/gpu.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {
namespace fs = std::filesystem;

std::string fresh_folder(const std::string& name) {
  const char* temporary = std::getenv("TEST_TMPDIR");
  const std::string folder = std::string(temporary ? temporary : "/tmp") + "/" + name;
  fs::remove_all(folder);
  return folder;
}
std::string text_of(char c, size_t bytes) { return std::string(bytes, c); }

TEST(Cache, KeepsWhatIsGivenByKey) {
  CubinCache cache(fresh_folder("keeps"));
  EXPECT_FALSE(cache.find("a"));
  cache.keep("a", "one");
  cache.keep("b", text_of('\0', 100000));
  EXPECT_EQ(*cache.find("a"), "one");
  EXPECT_EQ(*cache.find("b"), text_of('\0', 100000));
  cache.keep("a", "two");
  EXPECT_EQ(*cache.find("a"), "two");
  CubinCache none("");
  none.keep("a", "one");
  EXPECT_FALSE(none.find("a"));
  CubinCache nowhere("/proc/no/such/folder");
  nowhere.keep("a", "one");
  EXPECT_FALSE(nowhere.find("a"));
}

TEST(Cache, DamagedFilesAreNotThere) {
  const std::string folder = fresh_folder("damaged");
  CubinCache cache(folder);
  cache.keep("a", text_of('a', 1000));
  for (const fs::directory_entry& file : fs::directory_iterator(folder))
    fs::resize_file(file.path(), 500);
  EXPECT_FALSE(cache.find("a"));
  for (const fs::directory_entry& file : fs::directory_iterator(folder))
    std::ofstream(file.path()) << "nonsense";
  EXPECT_FALSE(cache.find("a"));
  cache.keep("a", "again");
  EXPECT_EQ(*cache.find("a"), "again");
}

TEST(Cache, TheOldestGoFirst) {
  CubinCache cache(fresh_folder("bounded"), 10000);
  for (char c = 'a'; c < 'i'; ++c) {
    cache.keep(std::string(1, c), text_of(c, 1100));
    usleep(20000);
  }
  EXPECT_TRUE(cache.find("a"));  // used now
  usleep(20000);
  cache.keep("new", text_of('n', 1800));
  cache.shrink();
  EXPECT_TRUE(cache.find("a"));
  EXPECT_FALSE(cache.find("b"));
  EXPECT_TRUE(cache.find("h"));
  EXPECT_TRUE(cache.find("new"));
}

/// Processes that write and read the same keys at once see whole contents or none.
TEST(Cache, ManyProcessesAtOnce) {
  const std::string folder = fresh_folder("shared");
  std::vector<pid_t> children;
  for (int child = 0; child < 4; ++child) {
    const pid_t pid = fork();
    if (pid == 0) {
      CubinCache cache(folder, 300000);
      int wrong = 0;
      for (int i = 0; i < 300; ++i) {
        const std::string key = "key " + std::to_string(i % 7);
        const auto letter = static_cast<char>('a' + child);
        if (i % 3 == 0) cache.keep(key, text_of(letter, 10000 + static_cast<size_t>(child)));
        const std::optional<std::string> found = cache.find(key);
        if (!found) continue;
        const auto writer = static_cast<size_t>((*found)[0] - 'a');
        wrong += *found != text_of((*found)[0], 10000 + writer);
      }
      _exit(wrong == 0 ? 0 : 1);
    }
    children.push_back(pid);
  }
  for (pid_t child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  }
  for (const fs::directory_entry& file : fs::directory_iterator(folder))
    EXPECT_EQ(file.path().extension(), ".cubin");
}

KernelSource fill(const std::string& name, int value) {
  return {name, "extern \"C\" __global__ void " + name +
                    "(i32* out) { out[weft_thread()] = " + std::to_string(value) + "; }\n"};
}

class Kernels : public Emulated {
 protected:
  static void SetUpTestSuite() {
    Knobs k = knobs();
    k.cuda_cache = fresh_folder("kernels");
    set_knobs(k);  // before the process's cache is asked for
  }
  static std::vector<int> run(const LoadedKernel& k) {
    BufferRef out = allocate(32 * 4, gpu());
    void* at = out->data();
    void* arguments[] = {&at};
    const Device& d = Device::get(0);
    d.activate();
    check(d.driver.cuLaunchKernel(static_cast<CUfunction>(k.function), 1, 1, 1, 32, 1, 1, 0,
                                  d.stream, arguments, nullptr),
          "launching");
    return to_host<int>(out);
  }
};

TEST_F(Kernels, ManyAreCompiledOnceAndThenFound) {
  std::vector<KernelSource> sources;
  for (int i = 0; i < 20; ++i) sources.push_back(fill("fill_" + std::to_string(i), i));
  sources.push_back(fill("fill_3", 33));  // another kernel of the same name
  const LoadStatistics before = load_statistics();
  for (int pass = 0; pass < 2; ++pass) {
    const std::vector<LoadedKernel> all = load(0, sources);
    for (int i = 0; i < 20; ++i)
      EXPECT_EQ(run(all[static_cast<size_t>(i)]), std::vector<int>(32, i));
    EXPECT_EQ(run(all[20]), std::vector<int>(32, 33));
    EXPECT_EQ(all[0].many, nullptr);
  }
  const LoadStatistics after = load_statistics();
  EXPECT_EQ(after.compiled - before.compiled, 21u);
  EXPECT_LT(after.programs - before.programs, 21u);
  EXPECT_EQ(after.found_on_disk - before.found_on_disk, 21u);
  // Each is found by itself, whatever it was compiled with.
  EXPECT_EQ(run(load(0, {sources[7]}).front()), std::vector<int>(32, 7));
  EXPECT_EQ(load_statistics().compiled, after.compiled);
}

TEST_F(Kernels, AWrongOneIsNamedAmongOthers) {
  std::vector<KernelSource> sources;
  for (int i = 0; i < 5; ++i) sources.push_back(fill("good_" + std::to_string(i), i));
  sources[3].text = "extern \"C\" __global__ void good_3(i32* out) { *out = nonsense; }\n";
  const std::string what = thrown([&] { load(0, sources); });
  EXPECT_EQ(what.rfind("NVRTC refuses a kernel (good_3) for sm_90a: ", 0), 0u) << what;
  EXPECT_NE(what.find("nonsense"), std::string::npos);
  EXPECT_EQ(run(load(0, {sources[4]}).front()), std::vector<int>(32, 4));
}

TEST_F(Kernels, ModulesAreUnloadedWithTheirLastKernel) {
  const size_t before = emulate::held().modules;
  {
    const std::vector<LoadedKernel> kept = load(1, {fill("fill_a", 1), fill("fill_b", 2)});
    EXPECT_GT(emulate::held().modules, before);
  }
  EXPECT_EQ(emulate::held().modules, before);
}
}  // namespace
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
