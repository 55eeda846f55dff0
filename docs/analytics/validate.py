"""Events that do not fit their schema in a registry, by type, as tab-separated lines. validate.py BOOTSTRAP_SERVERS REGISTRY_URL"""
import json
import sys
from collections import Counter
from urllib.error import HTTPError
from urllib.request import urlopen
from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, TopicPartition
from jsonschema import Draft7Validator

TOPIC, REGISTRY = "call-events", sys.argv[2].rstrip("/")

consumer = Consumer({"bootstrap.servers": sys.argv[1], "group.id": "validate",
                     "enable.auto.commit": False, "enable.partition.eof": True})
partitions = consumer.list_topics(TOPIC, timeout=30).topics[TOPIC].partitions
consumer.assign([TopicPartition(TOPIC, number, OFFSET_BEGINNING) for number in partitions])

validators = {}

def validator(kind):
    if kind not in validators:                          # the subject is the type, and each is asked for once
        try:
            with urlopen(f"{REGISTRY}/subjects/{kind}/versions/latest", timeout=30) as answer:
                validators[kind] = Draft7Validator(json.loads(json.load(answer)["schema"]))
        except HTTPError as error:
            if error.code != 404:
                raise
            validators[kind] = None                     # a kind that was added later, and is not registered yet
    return validators[kind]

def fits(schema, value):
    try:
        return schema.is_valid(json.loads(value or b""))
    except ValueError:                                  # no JSON
        return False

events, unfit, unknown, read_to_the_end = Counter(), Counter(), Counter(), set()
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
    if not kind.startswith("dev.trunkline."):
        continue
    events[kind] += 1
    schema = validator(kind)
    if schema is None:
        unknown[kind] += 1
    elif not fits(schema, message.value()):
        unfit[kind] += 1

print("type\tevents\tunfit\tunknown")
for kind in sorted(events):
    print(kind, events[kind], unfit[kind], unknown[kind], sep="\t")
