// Satori's client on a recording.
#pragma once

#include "caller.hpp"

#include <satori/satori.hpp>

namespace nakama::test {

struct satori_caller : recorded_server {
    satori::client client{io.get_executor(), config()};

    satori::session session() const { return {token, refresh_token}; }

private:
    satori::client_config config() const {
        satori::client_config result;
        result.api_key = "defaultkey";
        result.transport = script;
        result.seed = 1;
        result.refresh_lead = 0; // recorded tokens have ended long ago
        return result;
    }
};

const std::map<std::string, reread>& satori_answers();
const std::map<std::string, const wire::schema*>& satori_schemas();
const std::map<std::string, std::span<const wire::enum_name>>& satori_enumerations();

} // namespace nakama::test
