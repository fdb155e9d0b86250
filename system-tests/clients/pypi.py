"""The client of PyPI's `mcp` in the era that DRAWBRIDGE_ERA names, on the way that journey.mjs goes."""

import asyncio
import json
import os

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.types import ElicitResult, PromptReference, ResourceTemplateReference


def plain(model):
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)


async def ask():
    headers = {"Authorization": "Bearer " + os.environ["DRAWBRIDGE_TOKEN"]}
    async with httpx2.AsyncClient(headers=headers, timeout=30) as http:
        transport = streamable_http_client(os.environ["DRAWBRIDGE_MCP"], http_client=http)
        era = os.environ["DRAWBRIDGE_ERA"]
        async with Client(transport, mode=era, elicitation_callback=fill_in) as client:
            return await journey(client)


async def fill_in(_context, params):
    fields = params.requested_schema["properties"]
    content = {
        name: field["enum"][0] if "enum" in field else "Which store sells most?"
        for name, field in fields.items()
    }
    return ElicitResult(action="accept", content=content)


async def journey(client):
    tools = await client.list_tools()
    listed = await client.call_tool("list_connections", {})
    connection = listed.structured_content["connections"][0]
    question = {"connection_id": connection["id"], "sql": os.environ["DRAWBRIDGE_QUESTION"]}
    orders = await client.call_tool("query_database", question)
    base = f"pg://{connection['id']}"
    info = await client.read_resource(f"{base}/info")
    table = await client.read_resource(f"{base}/schema/retail/orders")
    connections = await client.complete(
        PromptReference(type="ref/prompt", name="explore-database"),
        {"name": "connection_id", "value": connection["name"][:3]},
    )
    completed = await client.complete(
        ResourceTemplateReference(
            type="ref/resource", uri="pg://{connection}/schema/{schema}/{table}"
        ),
        {"name": "table", "value": "order"},
        {"connection": connection["id"], "schema": "retail"},
    )
    prompt = await client.get_prompt("explore-database", {"connection_id": connection["id"]})
    return {
        "protocol": client.protocol_version,
        "server": plain(client.server_info),
        "capabilities": plain(client.server_capabilities),
        "tools": plain(tools)["tools"],
        "connection": connection,
        "orders": plain(orders),
        "resources": plain(await client.list_resources())["resources"],
        "resourceTemplates": plain(await client.list_resource_templates())["resourceTemplates"],
        "info": json.loads(info.contents[0].text),
        "table": json.loads(table.contents[0].text),
        "prompts": plain(await client.list_prompts())["prompts"],
        "prompt": plain(prompt),
        "asked": plain(await client.get_prompt("write-query", {})),
        "connections": plain(connections.completion),
        "completion": plain(completed.completion),
    }


print(json.dumps(asyncio.run(ask())))
