"""Refused calls by reason, as tab-separated lines. refusals.py BOOTSTRAP_SERVERS"""
import json
import sys
from collections import Counter
from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, TopicPartition

ENDED, REJECTED = "dev.trunkline.call.ended.v1", "dev.trunkline.call.rejected.v1"
TOPIC = "call-events"

consumer = Consumer({"bootstrap.servers": sys.argv[1], "group.id": "refusals",
                     "enable.auto.commit": False, "enable.partition.eof": True})
partitions = consumer.list_topics(TOPIC, timeout=30).topics[TOPIC].partitions
consumer.assign([TopicPartition(TOPIC, number, OFFSET_BEGINNING) for number in partitions])

refusals, seen, read_to_the_end = Counter(), set(), set()
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
    data = json.loads(message.value())
    summary = data.get("summary")
    if kind == REJECTED and summary is not None and "purpose" not in summary:
        refusals[summary.get("organisation", {}).get("name", ""), data["reason"], data["status"]] += 1

print("organisation\treason\tstatus\tcalls")
for (organisation, reason, status), calls in sorted(refusals.items()):
    print(organisation, reason, status, calls, sep="\t")
