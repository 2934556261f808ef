-- wrk: each request asks for one of 10,000 keys, all equally likely.
local requests = {}

function init(args)
  math.randomseed(os.time())
  for i = 1, 10000 do
    requests[i] = wrk.format("GET", "/k/" .. i)
  end
end

function request()
  return requests[math.random(10000)]
end
