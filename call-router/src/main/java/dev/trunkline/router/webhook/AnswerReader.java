package dev.trunkline.router.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/**
 * Reads an application's answer: a list of Jambonz verbs, one verb, or the short form. The first verb that decides
 * wins; every other verb is reported with the reason why it has no effect. An answer that cannot be read is refused
 * with the place of the fault. Pure and thread-safe.
 */
public final class AnswerReader {
    /** The longest answer, in bytes; applications that send more are broken. */
    public static final int LONGEST = 64 * 1024;

    private static final int DEEPEST = 32;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(LONGEST)
                            .maxStringLength(LONGEST)
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(40)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final VerbReader verbs;
    private final ShortFormReader shortForm;

    /** @param roomDomains hosts of SIP URIs whose user part names a room of this suite */
    public AnswerReader(List<String> roomDomains) {
        var targets = new CallTarget(roomDomains);
        this.verbs = new VerbReader(targets);
        this.shortForm = new ShortFormReader(targets);
    }

    /**
     * @param asked the URL that answered, against which a relative redirect is resolved
     * @throws UnusableAnswerException for a malformed answer
     */
    public Answer read(byte[] body, URI asked) throws UnusableAnswerException {
        JsonPlace root = new JsonPlace("", parse(body));
        if (root.node().isArray()) {
            return verbs.read(root.elements(), asked);
        }
        if (root.node().isObject()) {
            return root.node().has("verb") ? verbs.read(List.of(root), asked) : shortForm.read(root, asked);
        }
        throw root.wrong("is neither a list of verbs nor an object");
    }

    private static JsonNode parse(byte[] body) throws UnusableAnswerException {
        try {
            JsonNode node = JSON.readTree(body);
            if (node.isMissingNode()) {
                throw new UnusableAnswerException("", "is empty");
            }
            return node;
        } catch (StreamConstraintsException e) {
            throw new UnusableAnswerException(
                    "", "is too large: at most %d bytes, nested %d deep".formatted(LONGEST, DEEPEST));
        } catch (JsonProcessingException e) {
            // The parser's own message would repeat the contents of the answer.
            throw new UnusableAnswerException(
                    "",
                    "is not JSON at line %d, column %d"
                            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
    }
}
