package dev.drawbridge.sql;

import java.util.Map;

/// One kind of what a service stores under data keys, and can store anew under another.
public interface Resealable {
    /// A name for metrics and people: the table's, such as `signing_key`.
    String kind();

    /// How many there are under each key, by its id.
    Map<String, Long> countByKey();

    /// Seals some anew that are under another key than the one that seals now. What somebody else
    /// holds or changes meanwhile is passed over, and so is what does not open.
    ///
    /// @param most to be sealed anew
    /// @return how many were
    int reseal(int most);
}
