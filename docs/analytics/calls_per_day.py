"""Calls a day and organisation, as tab-separated lines. calls_per_day.py BOOTSTRAP_SERVERS"""
import json
import sys
from collections import Counter, defaultdict
from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, TopicPartition

ENDED, REJECTED = "dev.trunkline.call.ended.v1", "dev.trunkline.call.rejected.v1"
TOPIC = "call-events"

consumer = Consumer({"bootstrap.servers": sys.argv[1], "group.id": "calls-per-day",
                     "enable.auto.commit": False, "enable.partition.eof": True})
partitions = consumer.list_topics(TOPIC, timeout=30).topics[TOPIC].partitions
consumer.assign([TopicPartition(TOPIC, number, OFFSET_BEGINNING) for number in partitions])

days, seen, read_to_the_end = defaultdict(Counter), set(), set()
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
    if kind not in (ENDED, REJECTED) or call in seen:   # the first last event of a call counts, see "Once"
        continue
    seen.add(call)
    summary = json.loads(message.value()).get("summary")
    if summary is None or "purpose" in summary:         # from an earlier version, or nobody's call: a trial
        continue
    outcome = "refused" if kind == REJECTED else "answered" if "answeredAt" in summary else "unanswered"
    day = summary["receivedAt"][:10]                    # the day in UTC
    days[day, summary.get("organisation", {}).get("name", "")][outcome] += 1

print("day\torganisation\tanswered\tunanswered\trefused")
for (day, organisation), calls in sorted(days.items()):
    print(day, organisation, calls["answered"], calls["unanswered"], calls["refused"], sep="\t")
