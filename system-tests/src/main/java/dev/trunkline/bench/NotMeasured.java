package dev.trunkline.bench;

/** What the figures do not say. */
final class NotMeasured {
    static final String TEXT =
            """
            not measured:
              a network: phones, suite and LiveKit share this machine, and nothing is lost, delayed or reordered on the way
              a quiet machine: the phones, the agent and LiveKit compete with the suite for the same cores
              an agent that joins without LiveKit's dispatch (target p50 60, max 85 ms): the demo agent is dispatched, and
                LiveKit waits 200 ms for offers of its workers before it gives the job to one
              other agents: the demo agent is ours and light; LiveKit's Python worker is slower to join and to echo
              a phone's jitter buffer, microphone and loudspeaker, which a person's ear would add to the echo delay
              live memory: resident memory holds garbage that the collector has not taken yet, and never shrinks much
              transcoding, encryption (SRTP, TLS), hold, DTMF, several agents in a room
              Kafka, Redis and Postgres as clusters; more than one instance of a service
              hours: leaks and drift need a longer run than this""";

    private NotMeasured() {}
}
