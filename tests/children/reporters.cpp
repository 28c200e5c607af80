// A program with reports of its own.
#define CORDON_MAIN
#include <cordon/cordon.hpp>

#include <cstdio>
#include <stdexcept>
#include <string>

namespace {

class counting final : public cordon::reporter {
  public:
    explicit counting(cordon::report_output& output) : output_(output) {}

    void on(const cordon::event& happened) override {
        if (const auto* run = happened.get_if<cordon::events::run_started>())
            output_.write("run of " + std::to_string(run->selected.size()) + "\n");
        if (const auto* ended = happened.get_if<cordon::events::attempt_ended>())
            output_.write("attempt " + std::to_string(ended->result.number) + " " +
                          std::string(name_of(ended->result.how)) + "\n");
        if (const auto* test = happened.get_if<cordon::events::test_finished>())
            output_.write("test " + std::string(name_of(test->what)) + "\n");
    }
    cordon::report_status finish() override {
        output_.write("over\n");
        return cordon::report_ok();
    }

  private:
    cordon::report_output& output_;
};

struct to_nowhere final : cordon::reporter {
    void on(const cordon::event&) override { ++events; }
    cordon::report_status finish() override {
        std::fprintf(stderr, "heard %s\n", events > 4 ? "much" : "little");
        return cordon::report_ok();
    }
    int events = 0;
};

struct throwing final : cordon::reporter {
    void on(const cordon::event& happened) override {
        if (happened.get_if<cordon::events::test_finished>()) throw std::runtime_error("too much for me");
    }
};

struct failing final : cordon::reporter {
    void on(const cordon::event&) override {}
    cordon::report_status finish() override { return cordon::report_error{"reach", 0, "the archive"}; }
};

}  // namespace

CORDON_REPORTER("counting", counting)
CORDON_REPORTER("nowhere", to_nowhere)
CORDON_REPORTER("throwing", throwing)
CORDON_REPORTER("failing", failing)
CORDON_REPORTER("json", counting)

TEST_CASE("passes") { CHECK(true); }
TEST_CASE("fails") { CHECK(false); }
