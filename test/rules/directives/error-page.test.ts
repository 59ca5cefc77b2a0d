import { conf, testRule } from '../rule-tester.ts'

const says = (written: string, meant: string) =>
  `clients get a redirect to "${written}", which is one word to nginx: write "${meant}"`

testRule('directives/error-page', {
  clean: {
    'two words': conf`server { error_page 404 = @b; error_page 405 =200 /x; error_page 500 502 /50x.html; }`,
    'a page that begins otherwise': conf`server { error_page 404 https://example.com/=/x; error_page 405 =200 $uri; error_page 406 /=; }`,
  },
  caught: {
    'a named location, a path, a status and a path': {
      bad: conf`server { error_page 418 «=@ws»; error_page 404 «=/index.html»; error_page 500 502 «=200/x»; error_page 405 «=$uri»; }`,
      says: [
        says('=@ws', '= @ws'),
        says('=/index.html', '= /index.html'),
        says('=200/x', '=200 /x'),
        says('=$uri', '= $uri'),
      ],
      fixed: conf`server { error_page 418 = @ws; error_page 404 = /index.html; error_page 500 502 =200 /x; error_page 405 = $uri; }`,
    },
    'in quotes': {
      bad: conf`server { error_page 418 «"=@ws"»; }`,
      says: [says('=@ws', '= @ws')],
      unfixable: 'who quotes it may mean it so',
    },
  },
})
