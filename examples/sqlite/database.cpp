#include "database.hpp"

namespace sqlite {

namespace {

[[noreturn]] void fail(sqlite3* connection) {
    throw error(sqlite3_extended_errcode(connection), sqlite3_errmsg(connection));
}

void write_blob(cordon::text_sink& out, const blob& bytes) {
    constexpr char digits[] = "0123456789abcdef";
    out << "x'";
    for (const unsigned char byte : bytes) {
        out << digits[byte >> 4] << digits[byte & 15];
    }
    out << "'";
}

}  // namespace

void to_text(cordon::text_sink& out, const value& shown) {
    if (shown.is_null()) {
        out << "NULL";
    } else if (const auto* bytes = std::get_if<blob>(&shown.held_)) {
        write_blob(out, *bytes);
    } else if (const auto* text = std::get_if<std::string>(&shown.held_)) {
        out << '\'' << *text << '\'';
    } else if (const auto* real = std::get_if<double>(&shown.held_)) {
        out << *real;
    } else {
        out << shown.integer();
    }
}

statement::statement(sqlite3* connection, const std::string& sql) : connection_(connection) {
    check(sqlite3_prepare_v2(connection, sql.c_str(), static_cast<int>(sql.size()), &handle_, nullptr));
}

void statement::check(int code) const {
    if (code != SQLITE_OK) fail(connection_);
}

void statement::bind(const row& values) {
    int index = 0;
    for (const value& each : values) {
        bind(++index, each);
    }
}

void statement::bind(int index, const value& what) {
    if (what.is_null()) {
        check(sqlite3_bind_null(handle_, index));
    } else if (const auto* bytes = std::get_if<blob>(&what.held_)) {
        const void* data = bytes->empty() ? static_cast<const void*>("") : bytes->data();  // nullptr would bind NULL
        check(sqlite3_bind_blob64(handle_, index, data, bytes->size(), SQLITE_TRANSIENT));
    } else if (const auto* text = std::get_if<std::string>(&what.held_)) {
        check(sqlite3_bind_text64(handle_, index, text->data(), text->size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    } else if (const auto* real = std::get_if<double>(&what.held_)) {
        check(sqlite3_bind_double(handle_, index, *real));
    } else {
        check(sqlite3_bind_int64(handle_, index, what.integer()));
    }
}

bool statement::step() {
    const int code = sqlite3_step(handle_);
    if (code != SQLITE_ROW && code != SQLITE_DONE) fail(connection_);
    return code == SQLITE_ROW;
}

void statement::reset() { check(sqlite3_reset(handle_)); }

value statement::column(int index) const {
    // To ask for the size turns numbers into text. So ask for the type first.
    const auto size = [&] { return static_cast<std::size_t>(sqlite3_column_bytes(handle_, index)); };
    switch (sqlite3_column_type(handle_, index)) {
        case SQLITE_INTEGER:
            return std::int64_t{sqlite3_column_int64(handle_, index)};
        case SQLITE_FLOAT:
            return sqlite3_column_double(handle_, index);
        case SQLITE_TEXT:
            return std::string(reinterpret_cast<const char*>(sqlite3_column_text(handle_, index)), size());
        case SQLITE_BLOB: {
            const auto* bytes = static_cast<const unsigned char*>(sqlite3_column_blob(handle_, index));
            return bytes == nullptr ? blob() : blob(bytes, bytes + size());
        }
        default:
            return null();
    }
}

row statement::columns() const {
    row all;
    for (int i = 0; i < sqlite3_column_count(handle_); ++i) {
        all.push_back(column(i));
    }
    return all;
}

database::database(const std::string& path, int flags) {
    if (sqlite3_open_v2(path.c_str(), &handle_, flags, nullptr) != SQLITE_OK) {
        const error why(sqlite3_extended_errcode(handle_), sqlite3_errmsg(handle_));
        sqlite3_close(handle_);
        throw why;
    }
    sqlite3_extended_result_codes(handle_, 1);
}

void database::run(const std::string& sql) {
    if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(handle_);
}

void database::run(const std::string& sql, const row& values) { query(sql, values); }

table database::query(const std::string& sql, const row& values) {
    statement asked(handle_, sql);
    asked.bind(values);
    table rows;
    while (asked.step()) {
        rows.push_back(asked.columns());
    }
    return rows;
}

value database::one(const std::string& sql, const row& values) {
    const table rows = query(sql, values);
    return rows.empty() ? value() : rows.front().front();
}

int database::code_of(const std::string& sql) { return sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr); }

std::string database::plan(const std::string& sql) {
    std::string lines;
    for (const row& step : query("explain query plan " + sql)) {
        lines += (lines.empty() ? "" : "; ") + step.back().text();
    }
    return lines;
}

void needs_version(int number) {
    if (sqlite3_libversion_number() < number) SKIP("needs SQLite " << number << ", this is " << sqlite3_libversion());
}

void needs_option(const char* name) {
    if (sqlite3_compileoption_used(name) == 0) SKIP("SQLite was compiled without " << name);
}

std::string temporary_path(const std::string& name) {
    const char* folder = cordon::temp_dir();
    REQUIRE(folder != nullptr);
    return std::string(folder) + "/" + name;
}

}  // namespace sqlite
