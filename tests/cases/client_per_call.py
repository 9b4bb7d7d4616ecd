"""LEK506: a client, engine or pool that is meant to be made once is made per call, and nobody ends it."""

import asyncio
import atexit
import contextlib
import functools
import multiprocessing
import threading
from concurrent.futures import ThreadPoolExecutor

import aiohttp
import anthropic
import asyncpg
import docker
import httpx
import kubernetes.client
import openai
import pandas as pd
import pymongo
import redis
import requests
import sqlalchemy
from azure.storage.blob import BlobServiceClient
from elasticsearch import Elasticsearch
from google.cloud import storage
from kafka import KafkaProducer
from neo4j import GraphDatabase
from other import Api, run_jobs
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import Session, sessionmaker

# HTTP clients.


def fetches_with_a_session(url):
    session = requests.Session()  # LEK506
    return session.get(url).text


def fetches_with_headers(url, token):
    authorized = requests.Session()  # LEK506
    authorized.headers["Authorization"] = token
    authorized.mount("https://", requests.adapters.HTTPAdapter(max_retries=3))
    reply = authorized.get(url)
    reply.raise_for_status()
    return reply.json()


def fetches_with_httpx(url):
    client = httpx.Client(timeout=10)  # LEK506
    return client.get(url).text


async def fetches_later(url):
    later = httpx.AsyncClient()  # LEK506
    reply = await later.get(url)
    return reply.text


async def fetches_with_aiohttp(url):
    web = aiohttp.ClientSession()  # LEK506
    async with web.get(url) as reply:
        return await reply.text()


def fetches_each(urls):
    for url in urls:
        once_more = requests.Session()  # LEK506
        print(once_more.get(url).status_code)


class Handler:
    def on_message(self, message):
        poster = requests.Session()  # LEK506
        poster.post("/messages", json=message)


def schedules(urls):
    async def fetch(url):
        inner = httpx.AsyncClient()  # LEK506
        print((await inner.get(url)).text)

    return asyncio.gather(*map(fetch, urls))


# Database engines, pools and drivers.


def counts_rows(url):
    engine = create_engine(url)  # LEK506
    with engine.connect() as connection:
        return connection.execute(sqlalchemy.text("SELECT count(*) FROM t")).scalar()


def reads_a_table(url):
    frame_engine = sqlalchemy.create_engine(url)  # LEK506
    return pd.read_sql("SELECT * FROM t", frame_engine)


async def counts_rows_later(url):
    async_engine = create_async_engine(url)  # LEK506
    async with async_engine.connect() as connection:
        await connection.execute(sqlalchemy.text("SELECT count(*) FROM t"))


def adds_a_document(url, document):
    mongo = pymongo.MongoClient(url)  # LEK506
    mongo.shop.orders.insert_one(document)


async def fetches_rows(dsn):
    rows_pool = await asyncpg.create_pool(dsn)  # LEK506
    async with rows_pool.acquire() as connection:
        print(await connection.fetch("SELECT 1"))


def runs_a_query(url, query):
    driver = GraphDatabase.driver(url)  # LEK506
    with driver.session() as session:
        session.run(query)


def sets_a_key(host, key, value):
    cluster = redis.RedisCluster(host=host)  # LEK506
    cluster.set(key, value)


# Cloud, search, broker and model clients.


def uploads_to_a_bucket(path, bucket):
    gcs = storage.Client()  # LEK506
    gcs.bucket(bucket).blob(path).upload_from_filename(path)


def uploads_a_blob(url, name, content):
    blobs = BlobServiceClient(url)  # LEK506
    blobs.get_blob_client("files", name).upload_blob(content)


def indexes(url, document):
    search = Elasticsearch(url)  # LEK506
    search.index(index="orders", document=document)


def publishes(event):
    producer = KafkaProducer(bootstrap_servers="broker")  # LEK506
    producer.send("events", event)
    producer.flush()


def asks_a_model(question):
    ai = openai.OpenAI()  # LEK506
    answer = ai.chat.completions.create(model="m", messages=[{"role": "user", "content": question}])
    return answer.choices[0].message.content


async def asks_another_model(question):
    model = anthropic.AsyncAnthropic()  # LEK506
    answer = await model.messages.create(model="m", max_tokens=9, messages=[{"role": "user", "content": question}])
    return answer.content[0].text


def starts_a_container(image):
    engine_client = docker.from_env()  # LEK506
    engine_client.containers.run(image, detach=True)


# Workers.


def on_upload(work, item):
    executor = ThreadPoolExecutor()  # LEK506
    executor.submit(work, item)


def maps_in_processes(work, items):
    crew = multiprocessing.Pool()  # LEK506
    for answer in crew.imap(work, items):
        print(answer)


# Closed: one per call is dear, but it is no leak.


def uses_with(url):
    with httpx.Client() as entered:  # silent LEK506: with httpx.Client() as entered: => if entered := httpx.Client():
        return entered.get(url).text


def uses_with_on_a_later_line(url):
    waiting = httpx.Client()  # silent LEK506: with waiting: => if waiting:
    with waiting:
        return waiting.get(url).text


async def uses_async_with(url):
    visitor = aiohttp.ClientSession()  # silent LEK506: async with visitor: => if visitor:
    async with visitor:
        await visitor.get(url)


def closes_finally(url):
    closed = requests.Session()  # silent LEK506: closed.close() => print(url)
    try:
        return closed.get(url).text
    finally:
        closed.close()


async def closes_later(url):
    async_closed = httpx.AsyncClient()  # silent LEK506: await async_closed.aclose() => print(url)
    try:
        return (await async_closed.get(url)).text
    finally:
        await async_closed.aclose()


def shuts_down(work, item):
    brief = ThreadPoolExecutor()  # silent LEK506: brief.shutdown() => print(item)
    try:
        brief.submit(work, item)
    finally:
        brief.shutdown()


def disposes(url):
    disposed = create_engine(url)  # silent LEK506: disposed.dispose() => print(url)
    try:
        with disposed.begin() as connection:
            connection.execute(sqlalchemy.text("DELETE FROM t"))
    finally:
        disposed.dispose()


def uses_closing(url):
    with contextlib.closing(create_closing()) as own:
        print(own.get(url).text)


def uses_an_exit_stack(urls):
    with contextlib.ExitStack() as stack:
        stacked = stack.enter_context(httpx.Client())  # silent LEK506: stack.enter_context( => (
        for url in urls:
            print(stacked.get(url).text)


def closes_at_exit(url):
    lasting = requests.Session()  # silent LEK506: atexit.register(lasting.close) => print(url)
    atexit.register(lasting.close)


def hang_up(client):
    client.close()


def look_at(client, url):
    print(client.get(url).text)


def helper_closes(url):
    helped = httpx.Client()  # silent LEK506: hang_up(helped) => look_at(helped, url)
    hang_up(helped)


def helper_looks(url):
    looked_at = httpx.Client()  # LEK506
    look_at(looked_at, url)


# A factory hands out what it makes: its caller has it.


def create_closing():
    made = requests.Session()  # silent LEK506: return made => return made.headers
    made.headers["Accept"] = "text/plain"
    return made


def create_at_once():
    return httpx.Client()  # silent LEK506: return httpx.Client() => unused = httpx.Client()


def asks_the_factory(url):
    received = create_at_once()  # LEK506
    print(received.get(url).text)


def closes_what_the_factory_made(url):
    with create_at_once() as borrowed:
        print(borrowed.get(url).text)


def makes_a_session_maker(url):
    bound = create_engine(url)  # silent LEK506: return sessionmaker(bind=bound) => print(url)
    return sessionmaker(bind=bound)


def returns_a_collection(url):
    shop = pymongo.MongoClient(url)  # silent LEK506: return shop["orders"] => return None
    return shop["orders"]


# Handed over: whoever has it now keeps it for long, or ends it.


def makes_an_api(url):
    transport = httpx.Client(base_url=url)  # silent LEK506: return Api(transport) => return Api(url)
    return Api(transport)


def hands_it_to_a_function(url):
    worker = requests.Session()  # silent LEK506: run_jobs(worker) => run_jobs(url)
    run_jobs(worker)


def binds_it(url):
    partial_client = docker.from_env()  # silent LEK506: partial(partial_client.upload_file => partial(print
    return functools.partial(partial_client.upload_file, Bucket=url)


def keeps_it_in_a_function(url):
    captured = httpx.Client(base_url=url)  # silent LEK506: captured.get(path).text => path

    def fetch(path):
        return captured.get(path).text

    return fetch


def keeps_it_in_a_request(request, url):
    request.state.client = requests.Session()  # silent LEK506: request.state.client = => client =
    print(url)


class KeepsItsClients:
    def __init__(self, url):
        self._engine = create_engine(url)  # silent LEK506: self._engine = => engine =
        self._bucket = kubernetes.client.ApiClient()  # silent LEK506: self._bucket = => bucket =

    def count(self):
        with Session(self._engine) as session:
            return session.execute(sqlalchemy.text("SELECT count(*) FROM t")).scalar()


class MakesItWhenFirstUsed:
    def __init__(self):
        self._http = None

    def fetch(self, url):
        if self._http is None:
            self._http = requests.Session()  # silent LEK506: self._http = requests. => http = requests.
        return self._http.get(url).text

    def close(self):
        self._http.close()


class KeepsItOnTheClass:
    table = None

    @classmethod
    def put(cls, item):
        if cls.table is None:
            cls.table = kubernetes.client.ApiClient()  # silent LEK506: cls.table = => table =
        cls.table.put_item(TableName="t", Item=item)


# Made once: at import, by set-up code, behind a cache, per thread.


SHARED = requests.Session()
ENGINE = create_engine("sqlite://")
WORKERS = ThreadPoolExecutor()


class Settings:
    client = docker.from_env()  # silent LEK506: class Settings: => def settings():


def fetches_with_a_default(url, client=httpx.Client()):
    return client.get(url).text


LAZY = None


def lazy_client(url):
    global LAZY
    if LAZY is None:
        LAZY = httpx.Client()  # silent LEK506: global LAZY => LAZY = None
    return LAZY.get(url).text


@functools.lru_cache(maxsize=1)
def cached_client():
    remembered = docker.from_env()
    return remembered


@functools.lru_cache(maxsize=1)
def known_regions():
    region_client = kubernetes.client.ApiClient()  # silent LEK506: def known_regions() => def known_regions(account)
    return len(region_client.describe_regions())


_LOCAL = threading.local()


def thread_session(url):
    if not hasattr(_LOCAL, "session"):
        _LOCAL.session = requests.Session()  # silent LEK506: _LOCAL.session = => session =
    return _LOCAL.session.get(url).text


def main():
    script_client = kubernetes.client.ApiClient()  # silent LEK506: def main() => def list_buckets()
    print(script_client.list_buckets())


def init_tables(url):
    init_engine = create_engine(url)  # silent LEK506: def init_tables( => def empty_tables(
    with init_engine.begin() as connection:
        connection.execute(sqlalchemy.text("CREATE TABLE t (x)"))


def warm_up():
    warm = docker.from_env()  # silent LEK506: BUCKETS = warm_up() => BUCKETS = 0
    return len(warm.list_buckets())


BUCKETS = warm_up()

if __name__ == "__main__":
    print(requests.Session().get("http://localhost").text)
    main()


# Not a client that is meant to be shared, or none at all.


def looks_like_a_client(url):
    own = Api(url)  # silent LEK506: Api(url) => requests.Session()
    own.post(url)


def fetches_without_a_session(url):
    reply = requests.get(url)  # silent LEK506: reply = requests.get(url) => reply = requests.Session()
    print(reply.headers)


def was_given(session, url):
    return session.get(url).text


# What is given the transport of another keeps no connections of its own.


def completes_over_a_shared_transport(prompt, web):
    shared_ai = openai.OpenAI(http_client=web)  # silent LEK506: http_client=web => timeout=web
    return len(shared_ai.complete(prompt))
