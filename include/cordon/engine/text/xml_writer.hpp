#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/base/xml.hpp>

#include <cstdint>
#include <string>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::text {

/// Appends indented XML to a string, which its owner may take away between two elements.
class xml_writer {
  public:
    explicit xml_writer(std::string& out) : out_(out) {}

    void declaration() { out_ += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"; }

    /// `name` must outlive the element.
    xml_writer& open(std::string_view name) {
        end_tag(">\n");
        indent();
        out_ += '<';
        out_ += name;
        open_.push_back(name);
        in_tag_ = true;
        return *this;
    }
    /// A reader gets back exactly this text.
    xml_writer& attribute(std::string_view name, std::string_view value) {
        begin_attribute(name);
        append_exact_xml(out_, value);
        out_ += '"';
        return *this;
    }
    xml_writer& number(std::string_view name, std::uint64_t value) {
        begin_attribute(name);
        append_number(out_, value);
        out_ += '"';
        return *this;
    }
    xml_writer& boolean(std::string_view name, bool value) { return attribute(name, value ? "true" : "false"); }
    xml_writer& seconds(std::string_view name, duration value) {
        begin_attribute(name);
        append_decimal(out_, value.count() > 0 ? static_cast<std::uint64_t>(value.count()) / 1000 : 0, 6);
        out_ += '"';
        return *this;
    }
    /// Text on lines of its own. Readers remove the blanks around it.
    xml_writer& text(std::string_view content) {
        while (!content.empty() && content.back() == '\n')
            content.remove_suffix(1);
        end_tag(">\n");
        indent();
        append_exact_xml(out_, content, xml_lines::kept);
        out_ += '\n';
        return *this;
    }
    xml_writer& close() {
        const std::string_view name = open_.back();
        open_.pop_back();
        if (in_tag_) {
            end_tag("/>\n");
            return *this;
        }
        indent();
        out_ += "</";
        out_ += name;
        out_ += ">\n";
        return *this;
    }
    /// An element with text and nothing else.
    xml_writer& element(std::string_view name, std::string_view content) { return open(name).text(content).close(); }
    /// Ends the tag that is open, so that what is written so far can be read.
    void settle() { end_tag(">\n"); }

  private:
    void indent() { out_.append(2 * open_.size(), ' '); }
    void begin_attribute(std::string_view name) {
        out_ += ' ';
        out_ += name;
        out_ += "=\"";
    }
    void end_tag(std::string_view end) {
        if (in_tag_) out_ += end;
        in_tag_ = false;
    }

    std::string& out_;
    vector<std::string_view> open_;
    bool in_tag_ = false;
};

}  // namespace cordon::engine::text

CORDON_CHEAP_END
