package dev.trunkline.local.guard;

import dev.trunkline.bus.KafkaAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;

/** Creates the users of a Kafka, and grants each of them exactly the permissions in the table. */
public final class Grants {
    /** The minimum that Kafka accepts; the passwords have 256 random bits. */
    private static final int ITERATIONS = 4_096;

    private Grants() {}

    /** Creates users and permissions. Idempotent. */
    public static void apply(KafkaAddress kafka, KafkaGuard guard, KafkaRights rights) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(kafka.adminProperties("grants"))) {
            List<UserScramCredentialAlteration> users = guard.users().stream()
                    .<UserScramCredentialAlteration>map(user -> new UserScramCredentialUpsertion(
                            user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS), guard.password(user)))
                    .toList();
            admin.alterUserScramCredentials(users).all().get();
            Set<AclBinding> wanted = Set.copyOf(rights.bindings());
            Set<AclBinding> present = Set.copyOf(admin.describeAcls(AclBindingFilter.ANY).values().get());
            Set<AclBinding> surplus = new HashSet<>(present);
            surplus.removeAll(wanted);
            admin.deleteAcls(surplus.stream().map(AclBinding::toFilter).toList()).all().get();
            Set<AclBinding> missing = new HashSet<>(wanted);
            missing.removeAll(present);
            admin.createAcls(missing).all().get();
        }
    }
}
