-- Sends one HTTP request again and again, as a file holds it: header lines, an empty line, the body.
-- Every answer to it has the same length, so the sum of bytes shows an answer that is another.
function init(args)
  wrk.method = args[2]
  wrk.headers = {}
  local file = assert(io.open(args[1], "r"))
  for line in file:lines() do
    if line == "" then break end
    local name, value = line:match("^([^:]+): (.*)$")
    wrk.headers[name] = value
  end
  wrk.body = file:read("*a")
  file:close()
  wrk.headers["Host"] = wrk.host .. ":" .. wrk.port
end

function done(summary, latency, requests)
  local errors = summary.errors
  print(string.format(
    '{"requests":%d,"micros":%d,"bytes":%.0f,"p50":%d,"p99":%d,"status":%d,"socket":%d}',
    summary.requests, summary.duration, summary.bytes,
    latency:percentile(50), latency:percentile(99), errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
