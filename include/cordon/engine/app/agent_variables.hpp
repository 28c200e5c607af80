#pragma once

namespace cordon::engine::app {

/// Variables that coding agents set for the commands that they run.
inline constexpr const char* agent_variables[] = {"AI_AGENT",        "CLAUDECODE",     "CLAUDE_CODE",  "CODEX_SANDBOX",
                                                  "CODEX_THREAD_ID", "GEMINI_CLI",     "CURSOR_AGENT", "OPENCODE",
                                                  "AUGMENT_AGENT",   "GOOSE_PROVIDER", "JUNIE_DATA",   "REPL_ID"};

}  // namespace cordon::engine::app
