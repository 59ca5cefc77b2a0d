import { conf, testRule } from '../rule-tester.ts'

const said = (what: string) => `nginx does not start: ${what}`
const group = said('this "(" of the regex is not closed; add ")", or write "\\(" for the character')
const unopened = said('this ")" of the regex closes nothing; take it away, or write "\\)" for the character')
const list = said('this "[" of the regex is not closed; add "]", or write "\\[" for the character')
const star = said('this "*" of the regex has nothing before it to repeat; write ".*" for any text')
const backslash = said('the regex ends in a backslash, with nothing behind it; take it away')

testRule('directives/regex', {
  clean: {
    'regular expressions': conf`
      http {
          map $uri $x { default 0; ~^/(a|b) 1; "~*\.(jpe?g|png)$" 2; \~( 3; ( 4; "~^(?<n>[^/)(]+)" $n; }
          gzip_disable msie6 "MSIE [4-6]\.";
          server {
              server_name a.com ~^(?<sub>[\w-]+)\.a\.com$ "~^www\d{1,3}+\.";
              location ~ []a()[:digit:]*] { }
              location ~* ^/(?!api|(?i)ws).*?$ { }
              location ~^/x++ { proxy_redirect ~^http://[^:]+:\d+(/.+)$ $1; }
              location = /( { }
              location /) { }
              rewrite "^/(\d{4})/(?:a|\(b\))\\$" /x last;
              if ($uri ~ ^/(a)) { return 404; }
              if ( $uri !~* "\.(php|cgi)" ) { return 404; }
              if ($uri = "(") { return 404; }
          }
      }
    `,
    'what takes more to be read': conf`
      http { server { rewrite "\Qa(b\E" /x; rewrite "(?x) a # (" /x; rewrite "(*UTF8)a" /x; rewrite "(a)(?(1)b|c)" /x; rewrite "a{,3}*" /x; } }
    `,
    'what a template fills in': conf`http { server { location ~ ^/({{ names | join('|') }} { } } }`,
  },
  caught: {
    'groups and classes': {
      bad: conf`
        http {
            gzip_disable msie6 «(»;
            map $uri $x { default 0; ~^/«(»a 1; "~*«[»^/)" 2; }
            server {
                server_name a.com ~^«(»?<sub>.+\.a\.com$ ~*b;
                location ~ \.(jpg|png)«)»$ { }
                location ~* ^/«(»a|(b) { }
                location ~«[»a { }
                rewrite ^/(.*)«)»$ /x;
                if ($uri ~ ^/«(»a|b) { return 404; }
                if ( $uri !~* "«[»a" ) { return 404; }
                location / { proxy_redirect "~*«(»" /; valid_referers none ~«[»; }
            }
        }
      `,
      says: [group, group, list, group, unopened, group, list, unopened, group, list, group, list],
    },
    'what is to be repeated': {
      bad: conf`
        http {
            server {
                location ~ «*».php$ { }
                location ~* ^«*».php$ { }
                location ~ (a|«+»b) { }
                location ~ "a{2}«{»3}" { }
                location ~ a*?«?» { }
                server_name ~«*»a;
            }
        }
      `,
      says: [
        star,
        star,
        said('this "+" of the regex has nothing before it to repeat; write "\\+" for the character'),
        said('this "{" of the regex has nothing before it to repeat; write "\\{" for the character'),
        said('this "?" of the regex has nothing before it to repeat; write "\\?" for the character'),
        star,
      ],
    },
    'a backslash at the end': {
      bad: conf`http { server { location ~ «"^/a\\"» { } rewrite «^/a\\» /b; } }`,
      says: [backslash, backslash],
    },
  },
})
