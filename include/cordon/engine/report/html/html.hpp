#pragma once

#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/sink.hpp>
#include <cordon/engine/report/as_json/document.hpp>
#include <cordon/engine/report/html/page.hpp>
#include <cordon/engine/text/json_packing.hpp>

#include <string>
#include <string_view>

namespace cordon::engine::report {

/// Writes JSON into a script element. A `<` can only be inside a text, and is escaped, so nothing in the document can
/// end the element or begin a comment in it.
class script_data final : public text_output {
  public:
    explicit script_data(text_output& output) : output_(output) {}

    void write(std::string_view text) override {
        std::size_t begin = 0;
        for (std::size_t at; (at = text.find('<', begin)) != std::string_view::npos; begin = at + 1) {
            output_.write(text.substr(begin, at - begin));
            output_.write("\\u003c");
        }
        output_.write(text.substr(begin));
    }

  private:
    text_output& output_;
};

/// One HTML file that needs nothing else: the page of assets/html with the packed JSON report in a script element that
/// is not executed. Text of tests is only data there; the page makes text of it, never markup. So the page can show all
/// data of the JSON report, and this class cannot omit any.
class html_report final : public sink {
  public:
    explicit html_report(text_output& output) : output_(output), data_(output), document_(data_, &packing_) {}

    void on(const event& happened) override {
        if (happened.get_if<run_started>() != nullptr) started_ = true;
        document_.on(happened);
    }
    /// Writes the page. Writes nothing if there was no run_started.
    status finish() override;

  private:
    std::string shapes() const;

    text_output& output_;
    script_data data_;
    text::json_packing packing_;
    json_document document_;
    bool started_ = false;
};

status html_report::finish() {
    if (!started_) return ok();
    for (const std::string_view part : html_page::before_document) {
        output_.write(part);
    }
    if (status written = document_.finish(); !written) return written;
    for (const std::string_view part : html_page::before_shapes) {
        output_.write(part);
    }
    data_.write(shapes());
    for (const std::string_view part : html_page::after_shapes) {
        output_.write(part);
    }
    return ok();
}

// Known only after the whole document is written, because it may contain new shapes.
std::string html_report::shapes() const {
    std::string text;
    text::json_writer json(text);
    json.open('[');
    for (const std::string& keys : packing_.shapes()) {
        json.string(std::string_view(keys).substr(0, keys.empty() ? 0 : keys.size() - 1));
    }
    json.close(']');
    return text;
}

}  // namespace cordon::engine::report
