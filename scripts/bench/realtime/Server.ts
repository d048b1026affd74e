import { createInterface } from "node:readline"
import { contestants, type Name } from "./Contestants.ts"
import { taskIds } from "./Event.ts"

const say = (line: string) => void process.stdout.write(`${line}\n`)

/** One contestant in a process of its own: `rounds every` on its input sends so many events on each task. */
const [name = "bun", tasks = "1"] = process.argv.slice(2)
const contestant = await contestants[name as Name]()
const ids = taskIds(Number(tasks))
let seq = 0
say(JSON.stringify({ port: contestant.port, rss: process.memoryUsage.rss() }))

for await (const line of createInterface(process.stdin)) {
  const [rounds = 0, every = 0] = line.split(" ").map(Number)
  const before = process.cpuUsage()
  for (let round = 0; round < rounds; round++) {
    seq++
    for (const id of ids) contestant.publish(id, seq)
    await Bun.sleep(every)
  }
  const { system, user } = process.cpuUsage(before)
  say(JSON.stringify({ rss: process.memoryUsage.rss(), cpu: system + user }))
}
