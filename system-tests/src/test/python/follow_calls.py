"""Follows calls on Kafka with no knowledge except the AsyncAPI document: channel, message names, schemas, key.

Arguments: the AsyncAPI document, the bootstrap servers. Reads from the beginning, and writes one JSON object per line
for each message of the channel that the operation `followCalls` receives, with its violations of its schema.
Ends when standard input ends.
"""
import json
import sys
import threading

import yaml
from confluent_kafka import Consumer, TopicPartition
from jsonschema import Draft7Validator, FormatChecker

document_file, bootstrap = sys.argv[1:3]
with open(document_file, encoding="utf-8") as file:
    document = yaml.safe_load(file)


def resolve(reference):
    node = document
    for part in reference.removeprefix("#/").split("/"):
        node = node[part.replace("~1", "/").replace("~0", "~")]
    return node


def deref(node):
    return resolve(node["$ref"]) if "$ref" in node else node


def validator(schema):
    """Returns a validator of this schema, with the whole document to resolve its references."""
    return Draft7Validator({**schema, "components": document["components"]}, format_checker=FormatChecker())


channel = deref(document["operations"]["followCalls"]["channel"])
messages = {}
for reference in channel["messages"].values():
    message = deref(reference)
    messages[message["name"]] = {
        "payload": validator(deref(message["payload"])),
        "headers": validator(deref(message["headers"])),
        "key": validator(message["bindings"]["kafka"]["key"]),
    }

stopping = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), stopping.set()), daemon=True).start()


def faults(message, headers, key, value):
    for what, instance in (("headers", headers), ("key", key), ("payload", value)):
        for fault in message[what].iter_errors(instance):
            yield f"{what} {'/'.join(map(str, fault.absolute_path))}: {fault.message}"


def show(record):
    headers = {name: value.decode() for name, value in record.headers() or []}
    message = messages.get(headers.get("ce_type", ""))
    key = (record.key() or b"").decode()
    line = {"topic": record.topic(), "partition": record.partition(), "offset": record.offset(), "key": key,
            "type": headers.get("ce_type", ""), "id": headers.get("ce_id", "")}
    if message is None:
        line["unknown"] = True
    else:
        try:
            value = json.loads(record.value())
            line["value"] = value
            line["faults"] = list(faults(message, headers, key, value))
        except ValueError as fault:
            line["faults"] = [f"payload: not JSON ({fault})"]
    print(json.dumps(line), flush=True)


consumer = Consumer({"bootstrap.servers": bootstrap, "group.id": "asyncapi-reader", "enable.auto.commit": False})
topic = channel["address"]
partitions = consumer.list_topics(topic, timeout=20).topics[topic].partitions
consumer.assign([TopicPartition(topic, number, 0) for number in partitions])
while not stopping.is_set():
    record = consumer.poll(0.2)
    if record is not None and record.error() is None:
        show(record)
consumer.close()
