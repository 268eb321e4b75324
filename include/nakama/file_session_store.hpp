// Sessions kept in a folder, a file each.
#pragma once

#include <nakama/session_store.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama {

/// Keeps each session in a file of its own, `<name>.json`, so that programs that share a folder but no names
/// never disturb each other. All but lower-case letters, digits and `-._~` is percent-encoded in the file's
/// name; a name that is longer than 242 bytes then is refused with errc::invalid_argument.
///
/// A file is replaced as a whole or not at all, and only its owner may read it (mode 0600, the folder 0700).
/// A program that is killed while it saves may leave a file `saving-*.tmp` behind, which may be deleted. On
/// Windows files have the rights that the folder hands down, and a power failure may undo or damage the last
/// save.
///
/// Its functions block until the disk has answered. They may be called from several threads, and by several
/// programs for one folder; of two that save under one name at once, the last one wins.
class NAKAMA_API file_session_store final : public session_store {
public:
    /// The folder is made, with those above it, when the first session is saved. A relative path starts from
    /// the folder that is current now.
    explicit file_session_store(std::filesystem::path folder);

    /// Changes nothing, also where the file is damaged: the error then names it and says what to do.
    std::optional<stored_session> load(std::string_view name) override;

    /// A damaged file is kept as `<name>.json.damaged`, in place of an earlier one. Refuses with
    /// errc::invalid_argument what it could not load again: no token, text that is not UTF-8, more than 1
    /// MiB.
    void save(std::string_view name, const stored_session& session) override;

    void remove(std::string_view name) override;

    /// All names that something is kept under, sorted, also those of damaged files.
    std::vector<std::string> names() const;

    const std::filesystem::path& folder() const noexcept { return folder_; }

private:
    std::filesystem::path file_of(std::string_view name) const;

    std::filesystem::path folder_;
};

} // namespace nakama
