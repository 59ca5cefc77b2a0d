import { expect, test } from '@jest/globals'
import { headerOfVariable, headerVariableMeant } from '../../src/nginx/request-headers.ts'

test.each([
  ['http_upgade', 'http_upgrade'],
  ['http_upgarde', 'http_upgrade'],
  ['http_upgrades', 'http_upgrade'],
  ['http_upgrade_', 'http_upgrade'],
  ['HTTP_Upgarde', 'http_upgrade'],
  ['http_conection', 'http_connection'],
  ['http_connnection', 'http_connection'],
  ['http_sec_websoket_key', 'http_sec_websocket_key'],
  ['http_hots', 'http_host'],
  ['http_referrer', 'http_referer'],
  ['http_authorisation', 'http_authorization'],
  ['http_useragent', 'http_user_agent'],
  ['http_x_forwarded_fro', 'http_x_forwarded_for'],
  ['http_x_forwared_proto', 'http_x_forwarded_proto'],
  ['http_connection_upgrade', 'connection_upgrade'],
])('$%s was meant to be $%s', (variable, meant) => {
  expect(headerVariableMeant(variable)).toBe(meant)
})

test.each([
  ['what clients send', ['http_upgrade', 'http_Connection', 'http_x_csrftoken', 'http_x_xsrf_token']],
  [
    'a header of somebody',
    ['http_x_upgrade', 'http_x_real_id', 'http_x_request_ip', 'http_x_forward_for', 'http_ghost'],
  ],
  ['another spelling of such a header', ['http_x_realip', 'http_x_requestid']],
  ['the second of its kind', ['http_cookie2', 'http_x_forwarded_host2']],
  ['near to two', ['http_x_forwarded_prot']],
  ['far from all', ['http_update', 'http_x', 'http_', 'http_collection', 'http_accepting']],
  ['no header of a request', ['upgade', 'sent_http_upgade', 'cookie_upgade', 'arg_upgade']],
])('nobody can say of %s', (_, variables) => {
  expect(variables.filter((variable) => headerVariableMeant(variable) !== undefined)).toEqual([])
})

test('the header that a variable holds', () => {
  expect(headerOfVariable('http_sec_websoket_key')).toBe('Sec-Websoket-Key')
  expect(headerOfVariable('http_upgrade_')).toBe('Upgrade-')
})
