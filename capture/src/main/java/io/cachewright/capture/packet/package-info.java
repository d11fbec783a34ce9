/// Reads packet captures: `.pcap` and `.pcapng` files from a tap, so without any load on the server.
///
/// [PacketCapture] is the door. From there on downwards, each layer hands to the next what it understood and notes
/// what it lost:
///
/// ```
/// PacketFile    packets with their time                         pcap, pcapng
/// LinkLayer     where the IP packet starts                      Ethernet, cooked, raw, loopback
/// TcpSegment    addresses, sequence numbers, payload            IPv4, IPv6
/// TcpStream     the bytes of one direction, in order            retransmissions, overlaps, holes
/// RequestParser, ReplyParser    commands and replies            RESP2, RESP3, inline
/// Dialogue      which reply belongs to which command
/// ```
///
/// Where packets are missing, reading goes on at the next command or reply that can be recognised. A command whose
/// reply cannot be known for sure is handed over without one.
@NullMarked
package io.cachewright.capture.packet;

import org.jspecify.annotations.NullMarked;
