// What a description means in C++: which types borrow and which own, how members are declared, who needs
// whom.
#pragma once

#include "description.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace gen {

/// A member of a request's aggregate, with where it goes on the wire.
struct member {
    const gen::field* field = nullptr;
    std::vector<const gen::field*> within{}; ///< the inline messages that hold it, outermost first
    std::string name{};                      ///< in C++

    /// "account.token"
    std::string path() const;
    /// "1.2"; empty if the description has no numbers.
    std::string numbers() const;
};

/// An aggregate that borrows: an operation's request, a socket's message or an element of one.
struct request {
    std::string cpp{};
    std::string group{};
    std::string doc{};
    const gen::type* type = nullptr;
    std::vector<member> members{}; ///< without those that come from the session
    bool is_reference = false;     ///< stands beside an owning type and is made from it

    bool has_required() const;
};

class model {
public:
    explicit model(description read);

    const description& about() const { return read_; }
    /// "nakama::" where the vocabulary of requests is another namespace's, else empty.
    const std::string& vocabulary() const { return vocabulary_; }

    /// Types that own, in an order in which each stands after what it holds.
    const std::vector<const type*>& owning() const { return owning_; }
    /// Aggregates that borrow, in such an order as well.
    const std::vector<request>& requests() const { return requests_; }
    /// The aggregate of an operation or message; null if nothing is to be said.
    const request* request_of(std::string_view cpp) const;
    const request* element_of(const type& type) const;

    bool is_owning(const type& type) const { return owns_.contains(&type); }

    /// "std::vector<user_presence>"; types whose names are among `hidden` are qualified.
    std::string owning_type(const field& field, const std::set<std::string>& hidden = {}) const;
    /// "list_view<user_presence_ref>"
    std::string borrowing_type(const field& field, const std::set<std::string>& hidden = {}) const;
    /// The groups whose headers a group's own needs.
    std::set<std::string> needs(std::string_view group) const;

    std::vector<const operation*> operations_of(std::string_view group) const;
    std::vector<const message*> sent_of(std::string_view group) const;
    /// Messages from the server, in the order of their numbers.
    std::vector<const message*> received() const;

private:
    void find_owning();
    void find_requests();
    void check_names() const;
    void own(const type& type);
    void borrow(const type& type);
    void add_members(request& to, const type& from, std::vector<const field*> within);
    std::string element_type(const field& field, bool owning, const std::set<std::string>& hidden) const;

    description read_;
    std::string vocabulary_;
    std::vector<const type*> owning_;
    std::set<const type*> owns_;
    std::vector<request> requests_;
    std::map<const type*, std::size_t> elements_;
};

} // namespace gen
