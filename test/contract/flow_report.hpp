// What replaying flows comes to: counts, and where something differed.
#pragma once

#include <iostream>
#include <string>

namespace nakama::test {

struct flow_report {
    bool list = false; ///< name what cannot be expressed
    std::string where{};

    int flows = 0, handshakes = 0, sent = 0, answers = 0, events = 0, for_nobody = 0, pings = 0, ends = 0,
        differences = 0;
    int handshakes_inexpressible = 0, sent_inexpressible = 0, unreceivable = 0, pings_inexpressible = 0,
        closes_inexpressible = 0;

    void differs(const std::string& what) {
        ++differences;
        std::cout << where << ": " << what << '\n';
    }

    void skipped(int& counter, const std::string& why) {
        ++counter;
        note(why);
    }

    void note(const std::string& what) const {
        if (list) std::cout << where << ": " << what << '\n';
    }

    int received() const { return answers + events; }

    void write_counts(std::ostream& out) const {
        out << flows << " flows: " << handshakes << " handshakes, " << handshakes_inexpressible
            << " not expressible; " << sent << " messages sent, " << sent_inexpressible
            << " not expressible; " << received() << " received (" << answers << " answers, " << events
            << " events), " << for_nobody << " for nobody, " << unreceivable << " not receivable; " << pings
            << " pings answered, " << pings_inexpressible << " not expressible; " << ends
            << " ends of sockets, " << closes_inexpressible << " closes not expressible; " << differences
            << " differences\n";
    }
};

} // namespace nakama::test
