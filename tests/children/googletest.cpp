// packages: gmock gtest

// A program with tests of GoogleTest: each feature that the adapter passes on, and each way to go wrong. The variable
// GOOGLETEST chooses what happens outside of tests.

#include <cordon/adapters/gtest.hpp>

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

bool wants(const char* what) {
    const char* const wanted = std::getenv("GOOGLETEST");
    return wanted != nullptr && std::string(wanted) == what;
}

int changed = 0;

// ---- assertions ----

TEST(Assertions, pass) { EXPECT_EQ(1 + 1, 2); }
TEST(Assertions, fail) {
    EXPECT_EQ(1 + 1, 3) << "with words";
    SCOPED_TRACE("in a scope");
    ASSERT_TRUE(changed == 1);
    ADD_FAILURE() << "not reached";
}
TEST(Assertions, add_failure) { ADD_FAILURE_AT("elsewhere.cpp", 42) << "added"; }
TEST(Assertions, in_a_thread) {
    std::thread other([] { EXPECT_TRUE(changed == 1) << "from a thread"; });
    other.join();
}
TEST(Assertions, throw) { throw std::runtime_error("thrown out"); }
TEST(Assertions, skip) { GTEST_SKIP() << "not today"; }
TEST(Assertions, skip_after_failure) {
    ADD_FAILURE() << "before";
    GTEST_SKIP() << "too late";
}
TEST(Assertions, succeed) { SUCCEED() << "quietly"; }
TEST(Assertions, with_properties) {
    RecordProperty("size", 17);
    ADD_FAILURE();
}
TEST(Assertions, DISABLED_fails) { FAIL() << "it did run"; }

// ---- isolation ----

TEST(Isolation, writes) {
    EXPECT_EQ(changed, 0);
    changed = 1;
}
TEST(Isolation, writes_too) {
    EXPECT_EQ(changed, 0);
    changed = 2;
}
TEST(Isolation, crashes) { std::raise(SIGSEGV); }
TEST(Isolation, exits) { std::exit(0); }
TEST(Isolation, hangs) {
    if (wants("hang")) ::pause();
}
TEST(Isolation, forks) {
    const ::pid_t child = ::fork();
    if (child == 0) {
        EXPECT_TRUE(false) << "in the forked process";
        std::fflush(nullptr);
        ::_exit(3);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(WEXITSTATUS(status), 3);
}
TEST(Isolation, sees_itself) {
    EXPECT_STREQ(::testing::UnitTest::GetInstance()->current_test_info()->name(), "sees_itself");
    EXPECT_EQ(::testing::UnitTest::GetInstance()->test_to_run_count(), 1);
    EXPECT_EQ(std::getenv("GTEST_TOTAL_SHARDS"), nullptr);
}

// ---- fixtures ----

class Fixture : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        if (wants("bad suite")) FAIL() << "no suite";
        shared = new int(7);
    }
    static void TearDownTestSuite() {
        delete shared;
        if (wants("bad suite end")) ADD_FAILURE() << "no end of the suite";
    }
    void SetUp() override {
        if (wants("bad set up")) FAIL() << "no set up";
        if (wants("skip in set up")) GTEST_SKIP() << "skipped by SetUp";
        up = true;
    }
    void TearDown() override {
        if (wants("bad tear down")) ADD_FAILURE() << "no tear down";
    }
    static int* shared;
    bool up = false;
};
int* Fixture::shared = nullptr;

TEST_F(Fixture, is_up) {
    EXPECT_TRUE(up);
    EXPECT_EQ(++*shared, 8);
}
TEST_F(Fixture, is_up_again) { EXPECT_EQ(++*shared, 8); }

class Surroundings : public ::testing::Environment {
  public:
    void SetUp() override {
        ready = true;
        if (wants("bad environment")) FAIL() << "no environment";
        if (wants("skip in environment")) GTEST_SKIP() << "skipped by the environment";
    }
    void TearDown() override {
        if (wants("bad environment end")) ADD_FAILURE() << "no end of the environment";
    }
    static bool ready;
};
bool Surroundings::ready = false;
const ::testing::Environment* const surroundings = ::testing::AddGlobalTestEnvironment(new Surroundings);

TEST(Environment, is_ready) { EXPECT_TRUE(Surroundings::ready); }

class UserListener : public ::testing::EmptyTestEventListener {
    void OnTestStart(const ::testing::TestInfo& info) override { std::printf("listener: %s\n", info.name()); }
};
const bool listening = [] {
    ::testing::UnitTest::GetInstance()->listeners().Append(new UserListener);
    if (wants("failure before")) ADD_FAILURE() << "before all tests";
    return true;
}();

TEST(Listener, is_told) { ADD_FAILURE() << "to show output"; }

// ---- cordon's setups ----

int prepared = 0;
CORDON_TEST_SUITE("Prepared") {
    CORDON_SUITE_SETUP() { prepared = ::getpid(); }
}
TEST(Prepared, finds_it) { EXPECT_EQ(prepared, ::getppid()); }
TEST(Prepared, finds_it_too) { EXPECT_EQ(prepared, ::getppid()); }

// ---- many tests of one body ----

class Values : public ::testing::TestWithParam<int> {};
TEST_P(Values, are_small) { EXPECT_LT(GetParam(), 3); }
INSTANTIATE_TEST_SUITE_P(Some, Values, ::testing::Values(1, 2, 3));

template <class T>
class Types : public ::testing::Test {};
struct type_names {
    template <class T>
    static std::string GetName(int) {
        return std::is_same<T, int>::value ? "a:b" : "a-b";  // characters of filters
    }
};
using some_types = ::testing::Types<int, char>;
TYPED_TEST_SUITE(Types, some_types, type_names);
TYPED_TEST(Types, are_one_byte) { EXPECT_EQ(sizeof(TypeParam), 1U); }

template <int Number>
class made_test : public ::testing::Test {
    void TestBody() override { EXPECT_EQ(Number, 1); }
};
const bool made = [] {
    ::testing::RegisterTest("Made", "twice", nullptr, nullptr, "made.cpp", 1,
                            []() -> ::testing::Test* { return new made_test<1>; });
    ::testing::RegisterTest("Made", "twice", nullptr, nullptr, "made.cpp", 2,
                            []() -> ::testing::Test* { return new made_test<2>; });
    return true;
}();

// ---- death tests ----

class Dying : public ::testing::TestWithParam<const char*> {
  protected:
    void SetUp() override { ::testing::FLAGS_gtest_death_test_style = GetParam(); }
};
using DyingDeathTest = Dying;
[[noreturn]] void die(const char* why) {
    std::fprintf(stderr, "%s\n", why);
    std::abort();
}
TEST_P(DyingDeathTest, by_abort) { EXPECT_DEATH(die("the reason"), "the reason"); }
TEST_P(DyingDeathTest, by_exit) { EXPECT_EXIT(std::exit(7), ::testing::ExitedWithCode(7), ""); }
TEST_P(DyingDeathTest, by_signal) { EXPECT_EXIT(std::raise(SIGSEGV), ::testing::KilledBySignal(SIGSEGV), ""); }
TEST_P(DyingDeathTest, lives_on) { EXPECT_DEATH(changed = 1, ""); }
TEST_P(DyingDeathTest, for_another_reason) { EXPECT_DEATH(die("this"), "that"); }
TEST_P(DyingDeathTest, fails_and_dies) {
    EXPECT_DEATH(
        {
            EXPECT_TRUE(false);
            die("after a failure");
        },
        "after a failure");
}
INSTANTIATE_TEST_SUITE_P(In, DyingDeathTest, ::testing::Values("fast", "threadsafe"));

// ---- mocks ----

struct door {
    virtual ~door() = default;
    virtual int open(int) = 0;
};
struct mock_door : door {
    MOCK_METHOD(int, open, (int), (override));
};
TEST(Mocks, are_called) {
    mock_door seen;
    EXPECT_CALL(seen, open(::testing::Gt(3))).WillOnce(::testing::Return(9));
    EXPECT_EQ(seen.open(4), 9);
}
TEST(Mocks, are_not_called) {
    mock_door seen;
    EXPECT_CALL(seen, open(3));
}
TEST(Mocks, match) { EXPECT_THAT((std::vector<int>{1, 2}), ::testing::ElementsAre(1, 3)); }

}  // namespace
