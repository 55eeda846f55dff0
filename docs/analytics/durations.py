"""How long answered calls waited and talked, by organisation, as tab-separated lines. durations.py BOOTSTRAP_SERVERS"""
import json
import sys
from collections import defaultdict
from statistics import median
from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, TopicPartition

ENDED, REJECTED = "dev.trunkline.call.ended.v1", "dev.trunkline.call.rejected.v1"
TOPIC = "call-events"

consumer = Consumer({"bootstrap.servers": sys.argv[1], "group.id": "durations",
                     "enable.auto.commit": False, "enable.partition.eof": True})
partitions = consumer.list_topics(TOPIC, timeout=30).topics[TOPIC].partitions
consumer.assign([TopicPartition(TOPIC, number, OFFSET_BEGINNING) for number in partitions])

talks, setups, seen, read_to_the_end = defaultdict(list), defaultdict(list), set(), set()
while len(read_to_the_end) < len(partitions):
    message = consumer.poll(1.0)
    if message is None:
        continue
    if message.error():
        if message.error().code() != KafkaError._PARTITION_EOF:
            raise KafkaException(message.error())
        read_to_the_end.add(message.partition())
        continue
    kind = dict(message.headers() or []).get("ce_type", b"").decode()
    call = message.key()
    if kind not in (ENDED, REJECTED) or call in seen:
        continue
    seen.add(call)
    summary = json.loads(message.value()).get("summary")
    if summary is None or "purpose" in summary or "answeredAt" not in summary:
        continue
    organisation = summary.get("organisation", {}).get("name", "")
    talks[organisation].append(summary["talkMillis"] / 1000)
    setups[organisation].append(summary["setupMillis"] / 1000)

print("organisation\tanswered\ttalk_seconds\tmedian_talk_seconds\tlongest_talk_seconds\tmedian_setup_seconds")
for organisation, talk in sorted(talks.items()):
    print(organisation, len(talk), f"{sum(talk):.1f}", f"{median(talk):.1f}", f"{max(talk):.1f}",
          f"{median(setups[organisation]):.3f}", sep="\t")
