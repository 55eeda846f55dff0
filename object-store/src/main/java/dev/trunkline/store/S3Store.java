package dev.trunkline.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects in an S3 bucket of Amazon or of a compatible server (MinIO, Ceph, Garage). The bucket must exist. */
final class S3Store implements ObjectStore {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Silence after which the store counts as unavailable. */
    private static final Duration SILENCE = Duration.ofSeconds(10);
    /** Including all retries. */
    private static final Duration WHOLE_CALL = Duration.ofSeconds(30);
    private static final int A_PAGE = 1_000;

    private final S3Client client;
    private final String bucket;
    private final String folder;

    /** @param folder prefix of the keys in the bucket, with a slash at its end; empty for none */
    S3Store(
            String bucket, String folder, Optional<URI> endpoint, String region, Optional<String> accessKey, Optional<String> secretKey) {
        this.bucket = bucket;
        this.folder = folder;
        AwsCredentialsProvider credentials = accessKey.isPresent() && secretKey.isPresent()
                ? StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey.get(), secretKey.get()))
                : DefaultCredentialsProvider.builder().build();
        var builder = S3Client.builder()
                .region(Region.of(region))
                .credentialsProvider(credentials)
                .httpClient(UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SILENCE).build())
                // Servers other than Amazon's do not support buckets as host names, and some do not support the newer checksums.
                .forcePathStyle(endpoint.isPresent())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(override -> override.apiCallTimeout(WHOLE_CALL));
        endpoint.ifPresent(builder::endpointOverride);
        client = builder.build();
    }

    @Override
    public void put(String key, Path file) throws IOException {
        asked(() -> client.putObject(
                PutObjectRequest.builder().bucket(bucket).key(name(key)).contentType("application/octet-stream").build(),
                RequestBody.fromFile(file)));
    }

    @Override
    public Optional<InputStream> get(String key) throws IOException {
        try {
            return Optional.of(asked(() -> client.getObject(GetObjectRequest.builder().bucket(bucket).key(name(key)).build())));
        } catch (Missing none) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> list(String prefix, int most) throws IOException {
        var keys = new ArrayList<String>();
        Optional<String> next = Optional.empty();
        do {
            var request = ListObjectsV2Request.builder().bucket(bucket).prefix(folder + prefix)
                    .maxKeys(Math.min(A_PAGE, most - keys.size()));
            next.ifPresent(request::continuationToken);
            ListObjectsV2Response page = asked(() -> client.listObjectsV2(request.build()));
            page.contents().stream().map(S3Object::key).map(key -> key.substring(folder.length())).forEach(keys::add);
            next = Boolean.TRUE.equals(page.isTruncated()) ? Optional.ofNullable(page.nextContinuationToken()) : Optional.empty();
        } while (next.isPresent() && keys.size() < most);
        return List.copyOf(keys);
    }

    /** S3 does not report whether the object existed. */
    @Override
    public boolean delete(String key) throws IOException {
        asked(() -> client.deleteObject(DeleteObjectRequest.builder().bucket(bucket).key(name(key)).build()));
        return true;
    }

    private String name(String key) {
        return folder + ObjectStore.checked(key);
    }

    private static final class Missing extends IOException {
        Missing(Throwable cause) {
            super("there is no such object", cause);
        }
    }

    private interface Request<T> {
        T ask();
    }

    /** Reports a failure without the request: an address may have been written with a password in it. */
    private static <T> T asked(Request<T> request) throws IOException {
        try {
            return request.ask();
        } catch (NoSuchKeyException e) {
            throw new Missing(e);
        } catch (S3Exception e) {
            String code = e.awsErrorDetails() == null ? "" : " " + e.awsErrorDetails().errorCode();
            throw new IOException("the store answered " + e.statusCode() + code, e);
        } catch (SdkException e) {
            throw new IOException("the store could not be reached: " + e.getClass().getSimpleName(), e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
