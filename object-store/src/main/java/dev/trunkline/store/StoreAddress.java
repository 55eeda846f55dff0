package dev.trunkline.store;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The address of a store, as written in a setting.
 *
 * <pre>
 *   file:/var/lib/trunkline/voicemail       a folder of this machine, or one that machines share
 *   /var/lib/trunkline/voicemail            the same
 *   s3://bucket                             a bucket
 *   s3://bucket/folder                      keys that begin with the folder
 * </pre>
 *
 * @param location one of these
 * @param endpoint of S3 if it is not Amazon's: {@code http} or {@code https}
 * @param region of S3
 * @param accessKey of S3; without it and its secret, the AWS SDK looks in its usual places (environment, profile, the machine's role)
 */
public record StoreAddress(
        String location, Optional<URI> endpoint, String region, Optional<String> accessKey, Optional<String> secretKey) {
    private static final String S3 = "s3://";
    private static final String FILE = "file:";

    /** @throws IllegalArgumentException that says how to write an address, and not what was written */
    public ObjectStore open() {
        if (location.startsWith(S3)) {
            String rest = location.substring(S3.length());
            int slash = rest.indexOf('/');
            String bucket = slash < 0 ? rest : rest.substring(0, slash);
            String folder = slash < 0 ? "" : stripped(rest.substring(slash));
            if (bucket.isEmpty()) {
                throw wrong();
            }
            if (!folder.isEmpty()) {
                ObjectStore.checked(folder);
            }
            return new S3Store(bucket, folder.isEmpty() ? "" : folder + "/", endpoint, region, accessKey, secretKey);
        }
        String path = location.startsWith(FILE) ? URI.create(location).getPath() : location;
        if (path == null || !path.startsWith("/")) {
            throw wrong();
        }
        return new FileStore(Path.of(path));
    }

    private static String stripped(String folder) {
        int from = 0;
        int to = folder.length();
        while (from < to && folder.charAt(from) == '/') {
            from++;
        }
        while (to > from && folder.charAt(to - 1) == '/') {
            to--;
        }
        return folder.substring(from, to);
    }

    private static IllegalArgumentException wrong() {
        return new IllegalArgumentException("a store must be written as file:/folder or s3://bucket/folder");
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return location;
    }
}
