#include <doctest/doctest.h>
#include <cordon/engine/exec/debugger_text.hpp>

#include <string>

using cordon::engine::exec::trim_debugger_text;

TEST_CASE("of gdb's view the framework's calls and their variables are left out") {
    CHECK(trim_debugger_text("[Thread debugging using libthread_db enabled]\n"
                             "Using host libthread_db library \"/lib/libthread_db.so.1\".\n"
                             "0x01 in spin () at a.cpp:3\n"
                             "\n"
                             "Thread 2 (Thread 0x7f (LWP 12) \"t\"):\n"
                             "#0  0x01 in wait (x=...) at a.cpp:9\n"
                             "        [0] = 3\n"
                             "        y = 4\n"
                             "\n"
                             "Thread 1 (Thread 0x7f (LWP 11) \"t\"):\n"
                             "#0  spin () at a.cpp:3\n"
                             "        i = 5\n"
                             "#1  0x02 in cordon_test_39 () at a.cpp:14\n"
                             "No locals.\n"
                             "#2  0x03 in cordon::engine::exec::run_guarded (body=0x1) at unwind.hpp:155\n"
                             "        current = {a = 1}\n"
                             "#3  0x04 in cordon::run (argc=1, argv=0x1) at main.hpp:34\n"
                             "        tests = 3\n"
                             "#4  0x05 in main (argc=1) at main.hpp:47\n"
                             "No locals.\n"
                             "[Inferior 1 (process 11) detached]\n") ==
          "0x01 in spin () at a.cpp:3\n"
          "\n"
          "Thread 2 (Thread 0x7f (LWP 12) \"t\"):\n"
          "#0  0x01 in wait (x=...) at a.cpp:9\n"
          "        [0] = 3\n"
          "        y = 4\n"
          "\n"
          "Thread 1 (Thread 0x7f (LWP 11) \"t\"):\n"
          "#0  spin () at a.cpp:3\n"
          "        i = 5\n"
          "#1  0x02 in cordon_test_39 () at a.cpp:14\n"
          "No locals.\n");
}

TEST_CASE("of lldb's view as well") {
    CHECK(trim_debugger_text("* thread #1, name = 't'\n"
                             "  * frame #0: 0x01 t`spin at a.cpp:3:9\n"
                             "    frame #1: 0x02 t`cordon_test_39() at a.cpp:14:5\n"
                             "    frame #2: 0x03 t`cordon::engine::exec::run_guarded(body=1) at unwind.hpp:155\n"
                             "    frame #3: 0x04 t`cordon::run(argc=1) at main.hpp:34\n") ==
          "* thread #1, name = 't'\n"
          "  * frame #0: 0x01 t`spin at a.cpp:3:9\n"
          "    frame #1: 0x02 t`cordon_test_39() at a.cpp:14:5\n");
}

TEST_CASE("what is neither stays") {
    CHECK(trim_debugger_text("") == "");
    CHECK(trim_debugger_text("ptrace: Operation not permitted.") == "ptrace: Operation not permitted.\n");
}
