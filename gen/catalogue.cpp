#include "emit.hpp"

#include <algorithm>

namespace gen {

void emit_catalogue(const model& model, files& to) {
    const auto& api = model.about();
    output out;
    out.line(banner("The names of what the sandbox serves."));
    out.line("#include \"sandbox/api/catalogue.hpp\"").line();
    out.line("#include <array>").line();
    out.line("namespace nakama::sandbox {").line();

    out.open("std::span<const api_operation> " + api.api + "_operations() {");
    out.open("static constexpr std::array operations{");
    for (const auto& each : api.operations)
        for (const auto& route : each.routes)
            out.line("api_operation{\"" + each.cpp + "\", \"" + route.method + "\", \"" + route.path +
                     "\"},");
    out.close("};").line("return operations;").close().line();

    const auto kinds = [&](const std::string& function, bool (message::*wanted)() const) {
        out.open("std::span<const std::string_view> " + function + "() {");
        out.open("static constexpr std::array<std::string_view, " +
                 std::to_string(std::ranges::count_if(api.messages, wanted)) + "> kinds{");
        for (const auto& each : api.messages)
            if ((each.*wanted)()) out.line('"' + each.name + "\",");
        out.close("};").line("return kinds;").close().line();
    };
    if (!api.messages.empty()) {
        kinds("sent_kinds", &message::sent);
        kinds("received_kinds", &message::received);
    }
    out.line("} // namespace nakama::sandbox");
    to["lib/sandbox/api/" + api.api + ".cpp"] = out.text();
}

} // namespace gen
