package dev.trunkline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every store behaves the same: a folder, and buckets of a real server of the S3 protocol. */
class ObjectStoreTest {
    @TempDir
    static Path folder;
    private static S3Server server;

    @BeforeAll
    static void start() throws Exception {
        server = S3Server.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<ObjectStore> stores() {
        return Stream.of(
                address("file:" + folder.resolve("store-" + UUID.randomUUID())).open(),
                address("s3://" + server.bucket()).open(),
                address("s3://" + server.bucket() + "/deep/folder/").open());
    }

    private static StoreAddress address(String location) {
        return new StoreAddress(location, Optional.of(server.endpoint()), "us-east-1", Optional.of("test"), Optional.of("test"));
    }

    private static Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("file-" + UUID.randomUUID()), text);
    }

    private static Optional<String> text(ObjectStore store, String key) throws IOException {
        Optional<InputStream> there = store.get(key);
        if (there.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream octets = there.get()) {
            return Optional.of(new String(octets.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void whatIsPutIsThereUntilItIsDeleted(ObjectStore store) throws Exception {
        try (store) {
            assertThat(text(store, "one/a.b-1")).isEmpty();
            store.put("one/a.b-1", file("hello"));
            assertThat(text(store, "one/a.b-1")).contains("hello");
            store.put("one/a.b-1", file("other"));
            assertThat(text(store, "one/a.b-1")).contains("other");
            assertThat(store.delete("one/a.b-1")).isTrue();
            assertThat(text(store, "one/a.b-1")).isEmpty();
            store.delete("one/a.b-1");
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void keysAreListedByWhatTheyBeginWith(ObjectStore store) throws Exception {
        try (store) {
            for (String key : new String[] {"two/b", "one/b.2", "one/a", "one/b.1", "oneandmore/c"}) {
                store.put(key, file(key));
            }
            assertThat(store.list("one/", 100)).containsExactly("one/a", "one/b.1", "one/b.2");
            assertThat(store.list("one/b.", 100)).containsExactly("one/b.1", "one/b.2");
            assertThat(store.list("one/", 2)).containsExactly("one/a", "one/b.1");
            assertThat(store.list("", 100)).contains("one/a", "oneandmore/c", "two/b");
            assertThat(store.list("three/", 100)).isEmpty();
            for (String key : store.list("", 100)) {
                store.delete(key);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "a/", "/a", "a//b", "../a", "a/../b", "a/.hidden", "a b", "a\\b", "a/é", "_a", "a%2f"})
    void whatIsNoKeyIsRefused(String key) {
        assertThatThrownBy(() -> ObjectStore.checked(key)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s3://", "http://somewhere", "relative/folder", "file:relative"})
    void whereNoStoreCanBeIsRefusedWithHowToWriteIt(String location) {
        assertThatThrownBy(() -> address(location).open()).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("s3://bucket/folder");
    }

    @Test
    void aStoreThatIsAwayIsTold() throws Exception {
        try (ObjectStore away = new StoreAddress(
                "s3://bucket", Optional.of(URI.create("http://127.0.0.1:1")), "us-east-1", Optional.of("test"), Optional.of("secret")).open()) {
            Path file = file("hello");
            assertThatThrownBy(() -> away.put("a", file)).isInstanceOf(IOException.class).hasMessageContaining("could not be reached");
            assertThatThrownBy(() -> away.list("", 1)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aBucketThatIsNotThereIsTold() {
        try (ObjectStore wrong = address("s3://nobodys-bucket").open()) {
            assertThatThrownBy(() -> wrong.list("", 1)).isInstanceOf(IOException.class).hasMessageContaining("404");
        }
    }

    @Test
    void aFileStoreShowsNothingThatIsNotWhole() throws Exception {
        Path root = folder.resolve("half-" + UUID.randomUUID());
        try (ObjectStore store = new FileStore(root)) {
            store.put("one/a", file("whole"));
            Files.writeString(root.resolve("one/_half"), "ha");
            assertThat(store.list("", 10)).containsExactly("one/a");
        }
    }

    @Test
    void theSecretIsNotInWhatItIsCalled() {
        assertThat(new StoreAddress("s3://b", Optional.empty(), "us-east-1", Optional.of("key"), Optional.of("hush")).toString()).doesNotContain("hush");
    }
}
