package dev.trunkline.dispatcher.service;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.trunkline.local.LiveKitServer.LiveKitSettings;
import io.livekit.server.AccessToken;
import io.livekit.server.Agent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import livekit.LivekitAgent.AvailabilityResponse;
import livekit.LivekitAgent.Job;
import livekit.LivekitAgent.JobStatus;
import livekit.LivekitAgent.JobType;
import livekit.LivekitAgent.RegisterWorkerRequest;
import livekit.LivekitAgent.ServerMessage;
import livekit.LivekitAgent.UpdateJobStatus;
import livekit.LivekitAgent.UpdateWorkerStatus;
import livekit.LivekitAgent.WorkerMessage;
import livekit.LivekitAgent.WorkerStatus;

/**
 * The minimum that LiveKit accepts as an agent worker: registers, accepts every job unless told otherwise, and joins no
 * room.
 */
final class TestWorker implements WebSocket.Listener, AutoCloseable {
    private final LiveKitSettings livekit;
    private final String name;
    private final HttpClient http = HttpClient.newHttpClient();
    private final CompletableFuture<Void> registered = new CompletableFuture<>();
    private final BlockingQueue<Job> jobs = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> terminated = new LinkedBlockingQueue<>();
    private final WebSocket socket;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private volatile boolean declines;
    private ByteBuffer partial = ByteBuffer.allocate(0);

    TestWorker(LiveKitSettings livekit, String name) {
        this.livekit = livekit;
        this.name = name;
        var token = new AccessToken(livekit.apiKey(), livekit.apiSecret());
        token.addGrants(new Agent(true));
        this.socket = http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + token.toJwt())
                .buildAsync(URI.create(livekit.url() + "/agent"), this)
                .join();
        send(WorkerMessage.newBuilder()
                .setRegister(RegisterWorkerRequest.newBuilder()
                        .setType(JobType.JT_ROOM)
                        .setAgentName(name)
                        .setVersion("test"))
                .build());
        registered.join();
    }

    BlockingQueue<Job> jobs() {
        return jobs;
    }

    BlockingQueue<String> terminated() {
        return terminated;
    }

    /** Sets whether it declines every job from now on, without announcing this before it is asked. */
    void declines(boolean declines) {
        this.declines = declines;
    }

    /** Tells LiveKit that it can take no further job, or that it can again. */
    void full(boolean full) {
        send(WorkerMessage.newBuilder()
                .setUpdateWorker(UpdateWorkerStatus.newBuilder()
                        .setStatus(full ? WorkerStatus.WS_FULL : WorkerStatus.WS_AVAILABLE)
                        .setLoad(full ? 1 : 0))
                .build());
    }

    void failed(Job job, String error) {
        send(WorkerMessage.newBuilder()
                .setUpdateJob(UpdateJobStatus.newBuilder()
                        .setJobId(job.getId())
                        .setStatus(JobStatus.JS_FAILED)
                        .setError(error))
                .build());
    }

    /** Lets the job's agent enter its room. */
    TestParticipant enter(Job job) {
        return new TestParticipant(livekit, tokens.get(job.getId()));
    }

    private void send(WorkerMessage message) {
        socket.sendBinary(ByteBuffer.wrap(message.toByteArray()), true).join();
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        ByteBuffer joined = ByteBuffer.allocate(partial.remaining() + data.remaining())
                .put(partial)
                .put(data)
                .flip();
        partial = last ? ByteBuffer.allocate(0) : joined;
        webSocket.request(1);
        return last ? CompletableFuture.runAsync(() -> received(joined)) : null;
    }

    private void received(ByteBuffer bytes) {
        try {
            ServerMessage message = ServerMessage.parseFrom(bytes);
            switch (message.getMessageCase()) {
                case REGISTER -> registered.complete(null);
                case AVAILABILITY -> {
                    Job job = message.getAvailability().getJob();
                    send(WorkerMessage.newBuilder()
                            .setAvailability(AvailabilityResponse.newBuilder()
                                    .setJobId(job.getId())
                                    .setAvailable(!declines)
                                    .setParticipantIdentity(name + "-" + job.getId())
                                    .setParticipantName(name))
                            .build());
                }
                case ASSIGNMENT -> {
                    tokens.put(message.getAssignment().getJob().getId(), message.getAssignment().getToken());
                    jobs.add(message.getAssignment().getJob());
                }
                case TERMINATION -> terminated.add(message.getTermination().getJobId());
                default -> webSocketIgnores();
            }
        } catch (InvalidProtocolBufferException e) {
            registered.completeExceptionally(e);
        }
    }

    private static void webSocketIgnores() {
        // Pongs and messages of newer servers.
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }
}
