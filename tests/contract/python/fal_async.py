"""fal's Python client, the asynchronous one, unmodified."""

import asyncio
import os

import fal_client

if "FAL_REST_URL" in os.environ:
    fal_client.client.REST_URL = os.environ["FAL_REST_URL"]
    fal_client.client.CDN_URL = os.environ["FAL_CDN_URL"]

APP = "bytedance/seedance-2.0/fast/image-to-video"
SMALL = {"prompt": "slow push in", "resolution": "480p", "duration": "4", "generate_audio": False}


async def main():
    client = fal_client.AsyncClient(key=os.environ["FAL_KEY"])
    image_url = await client.upload_file(os.environ["PICTURE_PATH"])
    request = {**SMALL, "image_url": image_url}
    print("upload")

    updates = []
    result = await client.subscribe(
        APP, request, with_logs=True, on_queue_update=lambda update: updates.append(update)
    )
    assert result["video"]["url"].endswith(".mp4"), result
    assert updates, "no update came"
    print("subscribe")

    handler = await client.submit(APP, request)
    async for event in handler.iter_events(with_logs=True):
        last = event
    assert isinstance(last, fal_client.Completed), last
    assert (await handler.get())["video"]["url"].endswith(".mp4")
    assert (await client.result(APP, handler.request_id))["video"]["url"].endswith(".mp4")
    print("submit, events and result")

    several = await asyncio.gather(*(client.run(APP, {**request, "seed": seed}) for seed in (1, 2)))
    assert [result["seed"] for result in several] == [1, 2], several
    print("two runs at once")

    try:
        await client.run(APP, {"prompt": "no picture"})
        raise AssertionError("the call was not refused")
    except fal_client.client.FalClientHTTPError as error:
        assert error.status_code == 422, error.status_code
    print("a refused input")

    waiting = await client.submit(APP, request, headers={"Animatic-Emulate": "queue=30"})
    await waiting.cancel()
    assert isinstance(await client.status(APP, waiting.request_id), fal_client.Completed)
    print("cancel")


asyncio.run(main())
