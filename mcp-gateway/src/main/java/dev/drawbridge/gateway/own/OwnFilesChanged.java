package dev.drawbridge.gateway.own;

import java.util.List;

/// Says what stands in the files of the folder now.
public record OwnFilesChanged(List<OwnDocument> documents) {
    public OwnFilesChanged {
        documents = List.copyOf(documents);
    }

    /// Those of a kind, in the order of the files.
    public List<OwnDocument> of(String kind) {
        return documents.stream().filter(one -> one.kind().equals(kind)).toList();
    }
}
