#pragma once

// The tests use SQLite through these classes: values that compare and print, and statements and connections that close
// themselves.

#include <sqlite3.h>

#include <cordon/cordon.hpp>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace sqlite {

struct null {
    friend bool operator==(null, null) { return true; }
};

using blob = std::vector<unsigned char>;

/// What one column of one row holds: one of SQLite's five storage classes.
class value {
  public:
    value() = default;
    value(null) {}
    value(int number) : held_(std::int64_t{number}) {}
    value(std::int64_t number) : held_(number) {}
    value(double number) : held_(number) {}
    value(const char* text) : held_(std::string(text)) {}
    value(std::string text) : held_(std::move(text)) {}
    value(blob bytes) : held_(std::move(bytes)) {}

    bool is_null() const { return std::holds_alternative<null>(held_); }
    std::int64_t integer() const { return std::get<std::int64_t>(held_); }
    double real() const { return std::get<double>(held_); }
    const std::string& text() const { return std::get<std::string>(held_); }

    friend bool operator==(const value& a, const value& b) { return a.held_ == b.held_; }
    friend bool operator!=(const value& a, const value& b) { return !(a == b); }
    /// How a failed assertion shows a value: the way SQL would write it.
    friend void to_text(cordon::text_sink& out, const value& shown);

  private:
    friend class statement;
    std::variant<null, std::int64_t, double, std::string, blob> held_;
};

using row = std::vector<value>;
using table = std::vector<row>;

/// What SQLite refused: what() is its message.
struct error : std::runtime_error {
    error(int refusal, const char* message) : std::runtime_error(message), code(refusal) {}
    int code;  ///< the extended result code
};

class statement {
  public:
    statement(sqlite3* connection, const std::string& sql);
    ~statement() { sqlite3_finalize(handle_); }
    statement(const statement&) = delete;
    statement& operator=(const statement&) = delete;

    void bind(const row& values);
    void bind(int index, const value& what);
    /// True: there is a row to look at. False: done.
    bool step();
    void reset();
    value column(int index) const;
    row columns() const;
    sqlite3_stmt* handle() const { return handle_; }

  private:
    void check(int code) const;

    sqlite3* connection_;
    sqlite3_stmt* handle_ = nullptr;
};

class database {
  public:
    static constexpr int usual_flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI;

    explicit database(const std::string& path = ":memory:", int flags = usual_flags);
    ~database() { sqlite3_close(handle_); }
    database(const database&) = delete;
    database& operator=(const database&) = delete;

    /// One statement or several; rows are not looked at.
    void run(const std::string& sql);
    void run(const std::string& sql, const row& values);
    table query(const std::string& sql, const row& values = {});
    /// The first column of the first row; NULL if there is none.
    value one(const std::string& sql, const row& values = {});
    /// The extended result code of running it, for what is meant to be refused.
    int code_of(const std::string& sql);
    /// What EXPLAIN QUERY PLAN says, its lines joined by "; ".
    std::string plan(const std::string& sql);

    sqlite3* handle() const { return handle_; }

  private:
    sqlite3* handle_ = nullptr;
};

/// Skips the running test where the library is older than, say, 3039000.
void needs_version(int number);
/// Skips the running test where the library was compiled without, say, "ENABLE_FTS5".
void needs_option(const char* name);

/// A path in the running test's own temporary folder.
std::string temporary_path(const std::string& name);

}  // namespace sqlite
