/**
 * What nginx reads the argument of a directive by, where that matters to the units. Seen with nginx 1.22.1 and
 * 1.30.6, and asked again by `npm run prove:directives`; of other directives it is not known, and every unit is taken for good.
 */
const named = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean))

/** Milliseconds (ngx_conf_set_msec_slot): a month and a year are too long for nginx. */
export const inMilliseconds = named(`
  accept_mutex_delay auth_delay auth_http_timeout client_body_timeout client_header_timeout fastcgi_cache_lock_age
  fastcgi_cache_lock_timeout fastcgi_connect_timeout fastcgi_next_upstream_timeout fastcgi_read_timeout
  fastcgi_send_timeout grpc_connect_timeout grpc_next_upstream_timeout grpc_read_timeout grpc_send_timeout
  keepalive_min_timeout keepalive_time lingering_time lingering_timeout memcached_connect_timeout memcached_next_upstream_timeout
  memcached_read_timeout memcached_send_timeout preread_timeout proxy_cache_lock_age proxy_cache_lock_timeout proxy_connect_timeout
  proxy_next_upstream_timeout proxy_protocol_timeout proxy_read_timeout proxy_send_timeout proxy_timeout resolver_timeout scgi_cache_lock_age
  scgi_cache_lock_timeout scgi_connect_timeout scgi_next_upstream_timeout scgi_read_timeout scgi_send_timeout
  send_timeout smtp_greeting_delay ssl_handshake_timeout timeout timer_resolution uwsgi_cache_lock_age uwsgi_cache_lock_timeout uwsgi_connect_timeout
  uwsgi_next_upstream_timeout uwsgi_read_timeout uwsgi_send_timeout worker_shutdown_timeout
`)

/** Seconds (ngx_conf_set_sec_slot): there are no milliseconds. */
export const inSeconds = named('open_file_cache_valid ssl_session_timeout')

/** ngx_conf_set_size_slot, as opposed to ngx_conf_set_off_slot: there are no gigabytes. */
export const withoutGigabytes = named(`
  client_body_buffer_size client_header_buffer_size connection_pool_size fastcgi_buffer_size fastcgi_busy_buffers_size
  fastcgi_limit_rate fastcgi_max_temp_file_size fastcgi_send_lowat fastcgi_temp_file_write_size grpc_buffer_size
  gzip_hash gzip_min_length gzip_window http2_body_preread_size http2_chunk_size http2_pool_size http2_recv_buffer_size
  http3_stream_buffer_size image_filter_buffer imap_client_buffer preread_buffer_size proxy_buffer proxy_download_rate
  proxy_downstream_buffer proxy_upload_rate proxy_upstream_buffer smtp_client_buffer
  limit_rate limit_rate_after memcached_buffer_size mp4_buffer_size mp4_max_buffer_size postpone_gzipping
  postpone_output proxy_buffer_size proxy_busy_buffers_size proxy_limit_rate proxy_max_temp_file_size proxy_send_lowat
  proxy_temp_file_write_size read_ahead request_pool_size scgi_buffer_size scgi_busy_buffers_size scgi_limit_rate
  scgi_max_temp_file_size scgi_temp_file_write_size send_lowat sendfile_max_chunk slice ssi_min_file_chunk
  ssi_value_length ssl_buffer_size subrequest_output_buffer_size uwsgi_buffer_size uwsgi_busy_buffers_size
  uwsgi_limit_rate uwsgi_max_temp_file_size uwsgi_temp_file_write_size
`)
