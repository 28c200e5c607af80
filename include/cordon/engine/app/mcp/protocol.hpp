#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/app/mcp/server.hpp>
#include <cordon/engine/app/mcp/tools.hpp>
#include <cordon/engine/base/json.hpp>
#include <cordon/engine/base/utf8.hpp>
#include <cordon/engine/text/json_writer.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app::mcp {

// What the server understands and says, besides the results of tools.

void server::send(const std::string& message) {
    if (!os::write_standard_output(message)) ended_ = true;
}

template <class Write>
void server::send_result(const open_request& request, Write&& write) {
    std::string text = "{\"jsonrpc\": \"2.0\", \"id\": " + request.id + ", \"result\": ";
    text::json_writer json(text);
    json.open('{');
    if (request.stateless) json.key("resultType").string("complete");
    write(json);
    json.close('}');
    send(text + "}\n");
}

void server::send_error(const std::string& id, int code, const std::string& message, const std::string& data) {
    std::string text = "{\"jsonrpc\": \"2.0\", \"id\": " + id + ", \"error\": ";
    text::json_writer json(text);
    json.open('{');
    json.key("code").number(code);
    json.key("message").string(message);
    if (!data.empty()) json.key("data").raw(data);
    json.close('}');
    send(text + "}\n");
}

void write_content(text::json_writer& json, const std::string& text) {
    json.key("content").open('[');
    json.open('{');
    json.key("type").string("text");
    json.key("text").string(text);
    json.close('}');
    json.close(']');
}

template <class Write>
void server::send_structured(const open_request& request, const std::string& text, Write&& write) {
    send_result(request, [&](text::json_writer& json) {
        write_content(json, text);
        json.key("structuredContent").open('{');
        write(json);
        json.close('}');
        json.key("isError").boolean(false);
    });
}

/// A tool that could not do its work: the model reads why.
void server::send_trouble(const open_request& request, const std::string& text) {
    send_result(request, [&](text::json_writer& json) {
        write_content(json, report::clipped(text, request.most_bytes));
        json.key("isError").boolean(true);
    });
}

std::string json_of(const json_value& scalar) {
    if (!scalar.is(json_value::kind::string)) return scalar.text;
    std::string text;
    text::append_json_string(text, scalar.text);
    return text;
}

bool is_id(const json_value* value) {
    return value != nullptr && (value->is(json_value::kind::string) || value->is(json_value::kind::number));
}

void server::take_message(const json_value& message) {
    const json_value* id = message.find("id");
    const std::string_view method = message.text_of("method");
    const json_value* params = message.find("params");
    const bool is_answer = message.find("result") != nullptr || message.find("error") != nullptr;
    if (method.empty() && is_answer) return;  // this server asks nothing
    const bool sound = message.text_of("jsonrpc") == "2.0" && !method.empty() && (id == nullptr || is_id(id)) &&
                       (params == nullptr || params->is(json_value::kind::object));
    if (!sound) return send_error(is_id(id) ? json_of(*id) : "null", -32600, "this is no request of JSON-RPC 2.0");
    if (id == nullptr) {
        if (method == "notifications/cancelled") cancel_request(message);
        return;
    }
    open_request request;
    request.id = json_of(*id);
    if (!knows_version(message, request)) return;
    answer_method(message, request);
}

const json_value* meta_of(const json_value& message) {
    const json_value* params = message.find("params");
    return params != nullptr ? params->find("_meta") : nullptr;
}

/// Each request of the stateless protocol names its version.
bool server::knows_version(const json_value& message, open_request& request) {
    const json_value* meta = meta_of(message);
    if (meta == nullptr) return true;
    if (const json_value* token = meta->find("progressToken"); is_id(token)) request.progress = json_of(*token);
    const std::string_view version = meta->text_of("io.modelcontextprotocol/protocolVersion");
    if (version.empty()) return true;
    request.stateless = version == stateless_version;
    if (request.stateless) return true;
    std::string requested;
    text::append_json_string(requested, version);
    send_error(request.id, -32022, "unsupported protocol version",
               "{\"supported\": [\"" + std::string(stateless_version) + "\"], \"requested\": " + requested + "}");
    return false;
}

void server::answer_method(const json_value& message, const open_request& request) {
    const std::string_view method = message.text_of("method");
    if (method == "initialize") return initialize(message, request);
    if (method == "server/discover") return discover(request);
    if (method == "tools/list") return list_tools(request);
    if (method == "tools/call") return call_tool(message, request);
    if (method == "ping") return send_result(request, [](text::json_writer&) {});
    send_error(request.id, -32601, "unknown method: " + report::clipped(printable(method), 100));
}

void write_server(text::json_writer& json) {
    json.key("capabilities").raw("{\"tools\": {}}");
    json.key("serverInfo").open('{');
    json.key("name").string("cordon");
    json.key("version").string(CORDON_VERSION);
    json.close('}');
    json.key("instructions")
        .string(
            "Runs the tests of one C++ program. Start with run_tests; ask get_failure for details of a failed test, "
            "and detect_flaky for a test that fails only sometimes. After a rebuild the next call uses the new "
            "program.");
}

void server::initialize(const json_value& message, const open_request& request) {
    const json_value* params = message.find("params");
    const std::string_view wanted = params != nullptr ? params->text_of("protocolVersion") : std::string_view();
    const char* version = versions[0];
    for (const char* each : versions) {
        if (wanted == each) version = each;
    }
    send_result(request, [&](text::json_writer& json) {
        json.key("protocolVersion").string(version);
        write_server(json);
    });
}

void server::discover(const open_request& request) {
    send_result(request, [&](text::json_writer& json) {
        json.key("supportedVersions").open('[');
        json.string(stateless_version);
        for (const char* each : versions)
            json.string(each);
        json.close(']');
        write_server(json);
        json.key("ttlMs").number(std::uint64_t{3'600'000});
        json.key("cacheScope").string("public");
    });
}

void server::list_tools(const open_request& request) {
    send_result(request, [&](text::json_writer& json) {
        json.key("tools").open('[');
        for (const tool& each : all_tools) {
            json.open('{');
            json.key("name").string(each.name);
            json.key("title").string(each.title);
            json.key("description").string(each.description);
            json.key("inputSchema").raw(input_schema_of(each));
            json.key("outputSchema").raw(output_schema_of(each));
            json.key("annotations").open('{');
            json.key("readOnlyHint").boolean(each.read_only);
            json.key("destructiveHint").boolean(false);
            json.key("openWorldHint").boolean(false);
            json.close('}');
            json.close('}');
        }
        json.close(']');
        if (!request.stateless) return;
        json.key("ttlMs").number(std::uint64_t{3'600'000});
        json.key("cacheScope").string("public");
    });
}

void server::call_tool(const json_value& message, open_request request) {
    static const json_value none = [] {
        json_value empty;
        empty.what = json_value::kind::object;
        return empty;
    }();
    const json_value* params = message.find("params");
    const std::string_view name = params != nullptr ? params->text_of("name") : std::string_view();
    const json_value* given = params != nullptr ? params->find("arguments") : nullptr;
    const json_value& arguments = given != nullptr && !given->is(json_value::kind::null) ? *given : none;
    const tool* which = nullptr;
    std::string names;
    for (const tool& each : all_tools) {
        if (name == each.name) which = &each;
        names += (names.empty() ? "" : ", ") + std::string(each.name);
    }
    if (which == nullptr)
        return send_error(request.id, -32602, "unknown tool " + quoted(name) + ": expected one of " + names);
    if (!arguments.is(json_value::kind::object)) return send_error(request.id, -32602, "arguments: expected an object");
    const std::string wrong = wrong_argument(*which, arguments);
    if (!wrong.empty()) return send_trouble(request, wrong);
    request.most_bytes =
        static_cast<std::size_t>(std::max<std::uint64_t>(number_of(arguments, "max_bytes", 2000), 500));
    use_tool(*which, arguments, request);
}

/// The run of a cancelled request ends, and the request gets no answer.
void server::cancel_request(const json_value& message) {
    const json_value* params = message.find("params");
    const json_value* id = params != nullptr ? params->find("requestId") : nullptr;
    if (!is_id(id)) return;
    for (const owned<child_run>& each : runs_) {
        if (!each->waiting || each->waiting->id != json_of(*id)) continue;
        each->waiting.reset();
        each->ask_to_end();
    }
}

}  // namespace cordon::engine::app::mcp

CORDON_CHEAP_END
