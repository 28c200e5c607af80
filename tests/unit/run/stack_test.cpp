#include <doctest/doctest.h>
#include <cordon/engine/run/stack.hpp>

#include <string>

using namespace cordon::engine;

namespace {

stack_frame frame(const std::string& function) {
    stack_frame made;
    made.function = function;
    return made;
}

}  // namespace

TEST_CASE("a stack is left with the program's own calls") {
    const auto names = [](vector<stack_frame> frames) {
        run::trim_stack(frames);
        std::string all;
        for (const stack_frame& each : frames)
            all += each.function + "|";
        return all;
    };
    CHECK(names({frame("f()"), frame("cordon_test_3()"), frame("cordon::engine::exec::run_guarded(void (*)())"),
                 frame("main")}) == "f()|the test|");
    CHECK(names({frame("__pthread_kill_implementation"), frame("__GI_raise"), frame("__GI_abort"),
                 frame("cordon_test_3()"), frame("main")}) == "abort|the test|");
    CHECK(names({frame("operator==(a, b)"), frame("cordon::detail::expression<a>::operator==(b)"),
                 frame("(anonymous namespace)::cordon_test_1()"), frame("x")}) == "operator==(a, b)|the test|");
    CHECK(names({frame("f()"), frame("std::thread::_Invoker<f>"), frame("start_thread")}) == "f()|");
    CHECK(names({frame("~thing()"), frame("__run_exit_handlers"), frame("exit"),
                 frame("cordon::engine::exec::server::become_test()"), frame("main")}) ==
          "~thing()|__run_exit_handlers|exit|");
    CHECK(names({frame("abort"), frame("cordon::engine::exec::explain_terminate()"), frame("std::terminate()"),
                 frame("thrower()"), frame("start_thread")}) == "abort|std::terminate()|thrower()|");
    CHECK(names({frame("cordon::engine::exec::serve()"), frame("main")}) == "main|");
    CHECK(names({frame("f()"), frame("cordon_test_1()::{lambda()#1}::operator()() const"),
                 frame("void std::__invoke_impl<void, cordon_test_1()::{lambda()#1}>(x)"),
                 frame("std::thread::_Invoker<std::tuple<cordon_test_1()::{lambda()#1}> >::operator()()"),
                 frame("start_thread"), frame("clone3")}) == "f()|a lambda of the test|");
    CHECK(names({frame("cordon_test_1()::{lambda()#1}::operator()() const"), frame("each(f)"), frame("cordon_test_1()"),
                 frame("main")}) == "a lambda of the test|each(f)|the test|");
    CHECK(
        names({frame("use(std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > const&)")}) ==
        "use(std::string const&)|");
    CHECK(names({frame("f()"), frame("(anonymous namespace)::cordon_setup_2()"), frame("x")}) == "f()|the setup|");
    CHECK(names({frame("f()"), frame("bool cordon::detail::check_exit<x>(int)"), frame("cordon_test_1()")}) ==
          "f()|the test|");
    CHECK(names({frame("g<cordon_suite_7_1_file::(anonymous namespace)::cordon_suite_7_1::type>()"),
                 frame("cordon_suite_7_1_file::(anonymous namespace)::cordon_suite_7_1::f()"),
                 frame("cordon_suite_7_1_file::(anonymous namespace)::cordon_suite_7_1::cordon_property_3(int)"),
                 frame("x")}) == "g<type>()|f()|the test|");
    CHECK(names({frame("start_thread")}) == "start_thread|");
    CHECK(names({}) == "");
}

TEST_CASE("calls without a name are left out where a thread begins, and nowhere else") {
    const auto in = [](const std::string& function, const std::string& module) {
        stack_frame made = frame(function);
        made.module = module;
        return made;
    };
    const auto left = [](vector<stack_frame> frames) {
        run::trim_stack(frames);
        return frames.size();
    };
    CHECK(left({frame(""), frame(""), frame("")}) == 3);  // of no file
    CHECK(left({in("strlen", "/lib/libc.so.6"), in("", "/bin/stripped"), in("", "/bin/stripped")}) == 3);
    CHECK(left({in("f()", "/bin/a"), in("", "/lib/libstdc++.so.6.0.30"), in("", "/lib/libc.so.6")}) == 1);
    CHECK(left({in("f()", "/bin/a"), in("", "/bin/a"), in("", "/lib/libc-2.31.so")}) == 2);
    CHECK(left({in("", "/lib/libc.so.6"), in("", "/lib/libc.so.6")}) == 1);
}

TEST_CASE("the stack of an exception begins at its throw") {
    const auto names = [](vector<stack_frame> frames) {
        run::begin_at_throw(frames);
        std::string all;
        for (const stack_frame& each : frames)
            all += each.function + "|";
        return all;
    };
    CHECK(names({frame("cordon::engine::os::stack_linux::take_own_stack(note&)"), frame("get_adjusted_ptr"),
                 frame("__gxx_personality_v0"), frame("_Unwind_RaiseException"), frame("__cxa_throw"), frame("f()"),
                 frame("main")}) == "f()|main|");
    CHECK(names({frame("_Unwind_Resume_or_Rethrow"), frame("__cxa_rethrow"), frame("f()")}) == "f()|");
    CHECK(names({frame("f()"), frame("main")}) == "f()|main|");
    CHECK(names({}) == "");
}
