"""fal's Python client, the synchronous one, unmodified: every call that it has for a model of the queue."""

import os
import time

import fal_client

if "FAL_REST_URL" in os.environ:
    # Module values of the client, read when a client is made: the hosts of uploads have no variables of their own.
    fal_client.client.REST_URL = os.environ["FAL_REST_URL"]
    fal_client.client.CDN_URL = os.environ["FAL_CDN_URL"]

APP = "bytedance/seedance-2.0/fast/image-to-video"
SMALL = {"prompt": "slow push in", "resolution": "480p", "duration": "4", "generate_audio": False}

client = fal_client.SyncClient(key=os.environ["FAL_KEY"])


def check_output(result):
    assert result["video"]["url"].endswith(".mp4"), result
    assert result["video"]["content_type"] == "video/mp4", result
    assert isinstance(result["seed"], int), result


def refused(call):
    """The client's own error of a call that must fail."""
    try:
        call()
    except fal_client.client.FalClientHTTPError as error:
        return error
    raise AssertionError("the call was not refused")


image_url = client.upload_file(os.environ["PICTURE_PATH"])
assert "/files/" in image_url, image_url
inline_url = client.upload(open(os.environ["PICTURE_PATH"], "rb").read(), "image/png", "cat.png")
assert inline_url.endswith("/cat.png"), inline_url
print("uploads: by file and by bytes")

request = {**SMALL, "image_url": image_url}
updates = []
messages = []


def on_queue_update(update):
    updates.append(type(update).__name__)
    if isinstance(update, fal_client.InProgress):
        messages.extend(entry["message"] for entry in update.logs or [])


result = client.subscribe(APP, request, with_logs=True, on_queue_update=on_queue_update)
check_output(result)
assert updates, "no update came"
assert set(updates) <= {"Queued", "InProgress", "Completed"}, updates
print("subscribe: with logs and updates")

handler = client.submit(APP, {**SMALL, "image_url": inline_url})
assert handler.request_id and handler.status_url and handler.cancel_url
while not isinstance(handler.status(with_logs=True), fal_client.Completed):
    time.sleep(0.1)
done = client.status(APP, handler.request_id, with_logs=True)
assert isinstance(done, fal_client.Completed) and done.logs, done
assert client.status(APP, handler.request_id).logs is None
check_output(client.result(APP, handler.request_id))
check_output(handler.get())
print("submit, status and result: by handler and by id")

check_output(client.run(APP, {**request, "image_url": fal_client.encode_file(os.environ["PICTURE_PATH"])}))
print("run: with the picture inline")

error = refused(lambda: client.run(APP, {"prompt": "no picture"}))
assert error.status_code == 422, error.status_code
assert error.args[0][0]["loc"] == ["body", "image_url"] if isinstance(error.args[0], list) else True
print("a refused input: its own error, with its status")

emulate = {"Animatic-Emulate": "fail=content_moderation"}
failed = client.submit(APP, request, headers=emulate)
error = refused(failed.get)
assert error.status_code == 422, error.status_code
status = client.status(APP, failed.request_id)
assert isinstance(status, fal_client.Completed), status
assert status.error_type == "content_policy_violation", status
print("a failed request: COMPLETED with its error type, and the error on result")

waiting = client.submit(APP, request, headers={"Animatic-Emulate": "queue=30"})
assert isinstance(waiting.status(), fal_client.Queued), waiting.status()
waiting.cancel()
assert isinstance(client.status(APP, waiting.request_id), fal_client.Completed)
assert refused(lambda: client.cancel(APP, "unknown")).status_code == 404
print("cancel: of one that waits, and of one that is unknown")

late = client.submit(APP, request, start_timeout=1.5, headers={"Animatic-Emulate": "queue=30"})
assert refused(late.get).status_code == 504
print("start_timeout: the caller's own 504, once")

stranger = fal_client.SyncClient(key="nobody")
assert refused(lambda: stranger.submit(APP, request)).status_code == 401
print("a wrong key: refused at once")
