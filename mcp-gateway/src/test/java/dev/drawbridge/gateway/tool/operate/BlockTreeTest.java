package dev.drawbridge.gateway.tool.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

class BlockTreeTest {
    @Test
    void a_queue_is_told_once_however_many_wait_for_all_before_them() {
        List<JsonObject> sessions = new ArrayList<>();
        for (int pid = 1; pid <= 300; pid++) {
            JsonObject session = new JsonObject().put("pid", pid).put("query", "update t");
            List<Integer> before = IntStream.range(1, pid).boxed().toList();
            sessions.add(pid == 1 ? session : session.put("blockedBy", new JsonArray(before)));
        }

        BlockTree tree = BlockTree.of(sessions);

        assertThat(tree.waiting()).isEqualTo(299);
        assertThat(tree.summary()).contains("299 sessions wait", "1 root", "Shown are 25 of 300");
        assertThat(tree.text().lines()).hasSize(25).doesNotHaveDuplicates();
        assertThat(tree.text()).contains("also blocked by 1, 2, 3, 4, 5 and 18 more");
    }

    @Test
    void who_waits_for_two_is_below_one_and_names_the_other() {
        BlockTree tree =
                BlockTree.of(
                        List.of(
                                new JsonObject().put("pid", 1),
                                new JsonObject().put("pid", 2),
                                new JsonObject()
                                        .put("pid", 3)
                                        .put("waitsFor", "ShareLock")
                                        .put("blockedBy", new JsonArray().add(1).add(2))));

        assertThat(tree.text())
                .isEqualTo("pid 1\n  pid 3, waits for ShareLock, also blocked by 2\npid 2\n");
    }
}
