using System.Text;
using Plateau.Contracts;
using Plateau.Sip.Auth;
using Plateau.Sip.Messages;

namespace Plateau.Tests.Sip;

public sealed class DigestTests
{
    private static readonly Instant Start = Instant.FromUnixSeconds(1_700_000_000);
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("sixteen bytes or more");
    private static readonly DigestSecret Password = DigestSecret.Of("agent1", "centre.example", "correct horse");

    [Theory]
    [InlineData("MD5", "8ca523f5e9506fed4657c9700eebdbec")]
    [InlineData("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")]
    public void The_example_of_rfc_7616_section_3_9_1_comes_out(string algorithm, string expected)
    {
        Assert.True(DigestAuthorization.TryParse(
            $"""
            Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", algorithm={algorithm},
             nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", nc=00000001,
             cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth, response="{expected}"
            """.ReplaceLineEndings(""),
            out var credentials));
        var ha1 = DigestProof.Ha1(credentials.Algorithm, "Mufasa", "http-auth@example.org", "Circle of Life");
        Assert.Equal(expected, DigestProof.Of(credentials, ha1, "GET", []));
        Assert.True(DigestProof.IsRight(credentials, ha1, "GET", []));
        Assert.False(DigestProof.IsRight(credentials, ha1, "PUT", []));
    }

    [Fact]
    public void The_example_of_rfc_2617_section_3_5_comes_out()
    {
        var credentials = new DigestAuthorization(
            "Mufasa", "testrealm@host.com", "dcd98b7102dd2f0e8b11d0f600bfb0c093", "/dir/index.html", "")
        {
            Qop = "auth",
            NonceCount = "00000001",
            Cnonce = "0a4f113b",
        };
        var ha1 = DigestProof.Ha1(DigestAlgorithm.Md5, "Mufasa", "testrealm@host.com", "Circle Of Life");
        Assert.Equal("6629fae49393a05397450978507c4ef1", DigestProof.Of(credentials, ha1, "GET", []));
    }

    [Fact]
    public void A_phone_with_the_right_password_is_let_in_with_the_strongest_algorithm()
    {
        var server = NewServer();
        var request = SignedBy("correct horse", server.Challenge(Start), out _);
        Assert.Contains("algorithm=SHA-256", request.Headers.Get(SipHeaderName.Authorization), StringComparison.Ordinal);
        Assert.Equal(DigestVerdict.Accepted, Verify(server, Start, request));
    }

    [Theory]
    [InlineData("wrong horse", "agent1")]
    [InlineData("correct horse", "agent2")]
    public void A_wrong_password_and_an_unknown_user_look_the_same(string password, string user)
    {
        var server = NewServer();
        Assert.Equal(DigestVerdict.Wrong, Verify(server, Start, SignedBy(password, server.Challenge(Start), out _, user)));
    }

    [Fact]
    public void A_request_that_is_played_again_is_refused_and_the_next_count_is_taken()
    {
        var server = NewServer();
        var challenge = server.Challenge(Start);
        var request = SignedBy("correct horse", challenge, out var client);
        Assert.Equal(DigestVerdict.Accepted, Verify(server, Start, request));
        Assert.Equal(DigestVerdict.Replayed, Verify(server, Start, request));
        Sign(client, challenge, request);
        Assert.Contains("nc=00000002", request.Headers.Get(SipHeaderName.Authorization), StringComparison.Ordinal);
        Assert.Equal(DigestVerdict.Accepted, Verify(server, Start, request));
    }

    [Fact]
    public void Counts_that_overtake_each_other_are_each_taken_once()
    {
        var window = new NonceWindow(4);
        uint[] counts = [3, 1, 2, 2, 1, 80, 79, 3, 16, 17];
        var taken = counts.Select(count => window.TryTake("n", Start, count));
        Assert.Equal([true, true, true, false, false, true, true, false, false, true], taken);
    }

    [Fact]
    public void A_nonce_that_was_crowded_out_counts_as_too_old()
    {
        var window = new NonceWindow(2);
        for (var i = 0; i < 3; i++)
        {
            Assert.True(window.TryTake($"n{i}", Start + TimeSpan.FromSeconds(i), 1));
        }

        Assert.True(window.MayBeForgotten("n0", Start));
        Assert.False(window.MayBeForgotten("n1", Start + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void An_old_nonce_with_the_right_password_is_stale_and_not_wrong()
    {
        var server = NewServer();
        var request = SignedBy("correct horse", server.Challenge(Start), out _);
        var later = Start + TimeSpan.FromMinutes(11);
        Assert.Equal(DigestVerdict.Stale, Verify(server, later, request));
        var again = request.CreateResponse(401);
        foreach (var header in server.Challenge(later, isStale: true))
        {
            again.Headers.Add(header.Name, header.Value);
        }

        Assert.False(DigestClient.IsFinalRefusal(again));
    }

    [Fact]
    public void A_nonce_of_another_house_is_no_proof_and_one_of_another_node_is()
    {
        var request = SignedBy("correct horse", NewServer().Challenge(Start), out _);
        Assert.Equal(DigestVerdict.Accepted, Verify(NewServer(), Start, request));
        var stranger = new DigestServer(new DigestOptions("centre.example"), "another secret, long"u8);
        Assert.Equal(DigestVerdict.Absent, Verify(stranger, Start, request));
    }

    [Fact]
    public void A_body_is_protected_by_auth_int_and_a_request_uri_by_every_quality()
    {
        var server = NewServer();
        var challenge = server.Challenge(Start).Select(header => new SipHeader(
            header.Name, header.Value.Replace("auth,auth-int", "auth-int", StringComparison.Ordinal))).ToList();
        var request = SignedBy("correct horse", challenge, out _);
        request.Body = "changed"u8.ToArray();
        Assert.Equal(DigestVerdict.Wrong, Verify(server, Start, request));
        request.Body = default;
        var moved = new SipRequest(request.Method, SipUri.Parse("sip:other.example"), request.Headers);
        Assert.Equal(DigestVerdict.Wrong, Verify(server, Start, moved));
        Assert.Equal(DigestVerdict.Accepted, Verify(server, Start, request));
    }

    [Theory]
    [InlineData("Basic YWJj")]
    [InlineData("Digest")]
    [InlineData("Digest username=\"a\"")]
    [InlineData("Digest username=\"a\", realm=\"centre.example\", nonce=\"x\", uri=\"sip:x\", response=\"0\", algorithm=SHA-1")]
    [InlineData("Digest username=\"a\", realm=\"centre.example\", nonce=\"x\", uri=\"sip:x\", response=\"0\", qop=auth")]
    [InlineData("Digest username=\"a\", username=\"b\", realm=\"centre.example\", nonce=\"x\", uri=\"y\", response=\"0\"")]
    [InlineData("Digest username=\"a\", realm=\"centre.example\", nonce=\"x\", uri=\"sip:x\", response=\"0\"")]
    public void Credentials_that_cannot_be_read_are_as_good_as_none(string value)
    {
        var request = Register();
        request.Headers.Add(SipHeaderName.Authorization, value);
        Assert.Equal(DigestVerdict.Absent, Verify(NewServer(), Start, request));
    }

    [Fact]
    public void A_client_takes_the_strongest_challenge_it_knows_and_none_it_does_not()
    {
        var request = Register();
        var response = request.CreateResponse(407);
        response.Headers.Add(SipHeaderName.ProxyAuthenticate, "Digest realm=\"x\", nonce=\"n\", algorithm=SHA-512-256");
        var client = new DigestClient(new DigestCredentials("u", "p"), new Prng(1));
        Assert.Null(client.Answer(response, request));
        response.Headers.Add(SipHeaderName.ProxyAuthenticate, "Digest realm=\"x\", nonce=\"n\", qop=\"auth\"");
        response.Headers.Add(SipHeaderName.ProxyAuthenticate, "Digest realm=\"x\", nonce=\"n\", algorithm=SHA-256, qop=\"auth\"");
        var answer = client.Answer(response, request);
        Assert.Equal(SipHeaderName.ProxyAuthorization, answer!.Value.Name);
        Assert.Contains("algorithm=SHA-256", answer.Value.Value, StringComparison.Ordinal);
    }

    private static DigestServer NewServer() => new(new DigestOptions("centre.example"), Secret);

    private static DigestVerdict Verify(DigestServer server, Instant now, SipRequest request) =>
        server.Verify(now, request, user => user == "agent1" ? Password : null, out _);

    private static SipRequest SignedBy(
        string password, IReadOnlyList<SipHeader> challenge, out DigestClient client, string user = "agent1")
    {
        client = new DigestClient(new DigestCredentials(user, password), new Prng(7));
        var request = Register();
        Sign(client, challenge, request);
        return request;
    }

    private static void Sign(DigestClient client, IReadOnlyList<SipHeader> challenge, SipRequest request)
    {
        var response = request.CreateResponse(401);
        foreach (var header in challenge)
        {
            response.Headers.Add(header.Name, header.Value);
        }

        var answer = client.Answer(response, request)!.Value;
        request.Headers.Set(answer.Name, answer.Value);
    }

    private static SipRequest Register() => (SipRequest)Plateau.Sip.Parsing.SipParser.Parse(
        """
        REGISTER sip:centre.example SIP/2.0
        Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
        From: <sip:agent1@centre.example>;tag=1
        To: <sip:agent1@centre.example>
        Call-ID: r1
        CSeq: 1 REGISTER


        """);
}
