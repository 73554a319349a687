"""WaveSpeed's Python client, unmodified."""

import os

import wavespeed

MODEL = "bytedance/seedance-2.0-fast/image-to-video-spicy"
SMALL = {"prompt": "slow push in", "resolution": "480p", "duration": 4, "generate_audio": False}

address = {"base_url": os.environ["WAVESPEED_URL"]} if "WAVESPEED_URL" in os.environ else {}
client = wavespeed.Client(api_key=os.environ["WAVESPEED_API_KEY"], **address)


def reason(call):
    """What a call that must fail says."""
    try:
        call()
    except Exception as error:  # The client's error classes differ by release; what they say is what users see.
        return str(error)
    raise AssertionError("the call did not fail")


image = client.upload(os.environ["PICTURE_PATH"])
assert "/files/" in image, image
print("upload")

output = client.run(MODEL, {**SMALL, "image": image})
assert len(output["outputs"]) == 1 and output["outputs"][0].endswith(".mp4"), output
print("run, by polling")

output = client.run(MODEL, {**SMALL, "image": image}, enable_sync_mode=True)
assert output["outputs"][0].endswith(".mp4"), output
print("run, in sync mode")

text = reason(lambda: client.run(MODEL, {"prompt": "no picture"}))
assert "image" in text and "required" in text, text
print("a refused input: says which")

text = reason(lambda: client.run(MODEL, {**SMALL, "image": image, "prompt": "[emulate fail=engine_failed] x"}))
assert "failed" in text.lower(), text
print("a failed prediction: says why")

stranger = wavespeed.Client(api_key="nobody", **address)
text = reason(lambda: stranger.run(MODEL, {**SMALL, "image": image}))
assert "401" in text, text
print("a wrong key: refused at once")
