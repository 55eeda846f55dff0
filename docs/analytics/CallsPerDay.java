import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.*;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.*;

/** Calls a day and organisation, as tab-separated lines: java -cp "lib/*" CallsPerDay.java BOOTSTRAP_SERVERS */
public class CallsPerDay {
    static final String ENDED = "dev.trunkline.call.ended.v1", REJECTED = "dev.trunkline.call.rejected.v1";

    public static void main(String[] arguments) throws Exception {
        var settings = Map.<String, Object>of("bootstrap.servers", arguments[0], "enable.auto.commit", false);
        var days = new TreeMap<String, int[]>(); // answered, unanswered, refused
        var seen = new HashSet<String>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor("call-events").stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (var message : consumer.poll(Duration.ofSeconds(1))) {
                    var type = message.headers().lastHeader("ce_type");
                    String kind = type == null ? "" : new String(type.value());
                    if (!Set.of(ENDED, REJECTED).contains(kind) || !seen.add(message.key())) {
                        continue; // the first last event of a call counts
                    }
                    JsonNode summary = new ObjectMapper().readTree(message.value()).path("summary");
                    if (summary.isMissingNode() || summary.has("purpose")) {
                        continue; // from an earlier version, or nobody's call: a trial
                    }
                    int outcome = kind.equals(REJECTED) ? 2 : summary.has("answeredAt") ? 0 : 1;
                    String day = summary.get("receivedAt").textValue().substring(0, 10); // in UTC
                    days.computeIfAbsent(day + "\t" + summary.at("/organisation/name").asText(), key -> new int[3])[outcome]++;
                }
            }
        }
        System.out.println("day\torganisation\tanswered\tunanswered\trefused");
        days.forEach((day, calls) -> System.out.printf("%s\t%d\t%d\t%d%n", day, calls[0], calls[1], calls[2]));
    }
}
