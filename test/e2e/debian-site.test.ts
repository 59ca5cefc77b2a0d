/** A WebSocket site on a stock Debian nginx: refused with 426, cured by one command, accepted. */
import { lstatSync } from 'node:fs'
import { afterAll, beforeAll, expect } from '@jest/globals'
import { type Backend, startStrictBackend } from './backends.ts'
import { type HandshakeAnswer, handshake } from './client.ts'
import { copyDebianTree, DEBIAN_CONF, DEBIAN_FOLDER, hasDebianTree } from './debian-tree.ts'
import { type AddTest, describeWithNginx } from './describe-with-nginx.ts'
import { nginxTest, startNginx } from './nginx.ts'
import { runNgxlint } from './ngxlint.ts'
import { freePorts } from './ports.ts'
import { changedPaths, type Tree } from './tree.ts'

const HOST = 'chat.example.com'
const AVAILABLE = 'sites-available/chat'
const ENABLED = 'sites-enabled/chat'

const site = (port: number, backend: number): string => `# The chat: its server speaks WebSocket only.
server {
	listen 127.0.0.1:${port};
	server_name ${HOST};

	root /var/www/html;

	location / {
		try_files $uri $uri/ =404;
	}

	location /chat/ws {
		proxy_pass http://127.0.0.1:${backend};
	}
}
`

let backend: Backend

beforeAll(async () => {
  backend = await startStrictBackend()
})

afterAll(async () => {
  await backend.stop()
})

const NEED = { here: hasDebianTree(), what: '/etc/nginx as Debian packages it' }

const story = (add: AddTest): void => {
  add('is cured by one --fix', async () => {
    const [port] = await freePorts(1)
    const tree = await copyDebianTree(port!)
    try {
      tree.write({
        [`${DEBIAN_FOLDER}/${AVAILABLE}`]: site(port!, backend.port),
        [`${DEBIAN_FOLDER}/${ENABLED}`]: { link: tree.path(`${DEBIAN_FOLDER}/${AVAILABLE}`) },
      })
      const before = tree.snapshot(DEBIAN_FOLDER)
      await expectValid(tree)
      expect(await askForChat(tree, port!)).toMatchObject({ status: 426, accepted: false })

      const first = await runNgxlint(['--fix', tree.path(DEBIAN_CONF)], tree.dir)
      expect(first).toMatchObject({ code: 0 })
      const fixed = tree.snapshot(DEBIAN_FOLDER)
      expect(changedPaths(before, fixed)).toEqual([AVAILABLE])
      expect(lstatSync(tree.path(`${DEBIAN_FOLDER}/${ENABLED}`)).isSymbolicLink()).toBe(true)
      await expectValid(tree)
      expect(await askForChat(tree, port!)).toMatchObject({ status: 101, accepted: true })

      const second = await runNgxlint(['--fix', tree.path(DEBIAN_CONF)], tree.dir)
      expect(second).toMatchObject({ code: 0 })
      expect(changedPaths(fixed, tree.snapshot(DEBIAN_FOLDER))).toEqual([])
    } finally {
      tree.remove()
    }
  })
}

describeWithNginx('a WebSocket site on Debian', story, NEED)

async function expectValid(tree: Tree): Promise<void> {
  expect(await nginxTest(tree.dir, DEBIAN_CONF)).toMatchObject({ ok: true, messages: [] })
}

/** Starts nginx on the tree as it is now, and shakes hands. */
async function askForChat(tree: Tree, port: number): Promise<HandshakeAnswer> {
  const nginx = await startNginx({ dir: tree.dir, conf: DEBIAN_CONF })
  try {
    return await handshake({ port, host: HOST, path: '/chat/ws' })
  } finally {
    await nginx.stop()
  }
}
