using System.Text;
using Plateau.Contracts.Tenancy;
using Plateau.Server.Tenancy;
using Xunit;

namespace Plateau.Tests.Server;

public sealed class ConfigParserTests
{
    /// <summary>A tenant's members (left) and the error expected (right): code, JSON path, and where it stands in the
    /// line.</summary>
    public static TheoryData<string, string, string> Wrong => new()
    {
        { "'qeues': []", "unknownMember", "$.tenants[0].qeues" },
        { "'callsMax': 'many'", "wrongType", "$.tenants[0].callsMax" },
        { "'callsMax': 1.5", "wrongValue", "$.tenants[0].callsMax" },
        { "'callsMax': null", "wrongType", "$.tenants[0].callsMax" },
        { "'callsMax': 0", "outOfRange", "$.tenants[0].callsMax" },
        { "'name': 'a', 'name': 'b'", "doubleMember", "$.tenants[0].name" },
        { "'timeZone': 'Europe/Lutece'", "unknownTimeZone", "$.tenants[0].timeZone" },
        { "'language': 'de'", "unknownLanguage", "$.tenants[0].language" },
        { "'queues': {}", "wrongType", "$.tenants[0].queues" },
        { "'queues': [{}]", "missingMember", "$.tenants[0].queues[0].id" },
        { "'queues': [null]", "wrongType", "$.tenants[0].queues[0]" },
        { "'queues': [{'id':'a b'}]", "wrongValue", "$.tenants[0].queues[0].id" },
        { "'queues': [{'id':'a'},{'id':'a'}]", "duplicate", "$.tenants[0].queues[1].id" },
        { "'queues': [{'id':'a','ringS':121}]", "outOfRange", "$.tenants[0].queues[0].ringS" },
        { "'queues': [{'id':'a','selection':'nicest'}]", "wrongValue", "$.tenants[0].queues[0].selection" },
        { "'queues': [{'id':'a','hours':'none'}]", "danglingReference", "$.tenants[0].queues[0].hours" },
        { "'queues': [{'id':'a','members':[{'agent':'x'}]}]", "danglingReference",
            "$.tenants[0].queues[0].members[0].agent" },
        { "'queues': [{'id':'a','members':[{}]}]", "noTarget", "$.tenants[0].queues[0].members[0]" },
        { "'queues': [{'id':'a','steps':[{'requires':{'fr':5}}]}]", "danglingReference",
            "$.tenants[0].queues[0].steps[0].requires.fr" },
        { "'queues': [{'id':'a','steps':[{'afterS':5}]}]", "stepOrder", "$.tenants[0].queues[0].steps[0].afterS" },
        { "'queues': [{'id':'a','steps':[{},{'afterS':20},{'afterS':20}]}]", "stepOrder",
            "$.tenants[0].queues[0].steps[2].afterS" },
        { "'queues': [{'id':'a','steps':[{'overflowTo':'a'}]}]", "circle",
            "$.tenants[0].queues[0].steps[0].overflowTo" },
        { "'queues': [{'id':'a','callback':{'key':'x'}}]", "badKey", "$.tenants[0].queues[0].callback.key" },
        { "'queues': [{'id':'a','callback':{'key':'12'}}]", "wrongValue", "$.tenants[0].queues[0].callback.key" },
        { "'queues': [{'id':'a','callback':{'attemptsMax':11}}]", "outOfRange",
            "$.tenants[0].queues[0].callback.attemptsMax" },
        { "'queues': [{'id':'a','wrapUp':'mandatoryTimeout','wrapUpS':0}]", "contradiction",
            "$.tenants[0].queues[0].wrapUpS" },
        { "'queues': [{'id':'a','defaultDisposition':'d','dispositions':['e']}], 'dispositions':[{'id':'d'},{'id':'e'}]",
            "contradiction", "$.tenants[0].queues[0].defaultDisposition" },
        { "'entryPoints': [{'number':'+33199001234'}]", "noTarget", "$.tenants[0].entryPoints[0]" },
        { "'queues': [{'id':'q'}], 'agents': [{'id':'a'}], 'entryPoints': [{'number':'1','queue':'q','agent':'a'}]",
            "severalTargets", "$.tenants[0].entryPoints[0]" },
        { "'entryPoints': [{'number':'+33199001234','flow':'f'}]", "danglingReference",
            "$.tenants[0].entryPoints[0].flow" },
        { "'queues': [{'id':'q'}], 'entryPoints': [{'number':'01 99','queue':'q'}]", "badNumber",
            "$.tenants[0].entryPoints[0].number" },
        { "'agents': [{'id':'a','phone':'p'}]", "danglingReference", "$.tenants[0].agents[0].phone" },
        { "'skills': [{'id':'fr'}], 'agents': [{'id':'a','skills':{'fr':11}}]", "outOfRange",
            "$.tenants[0].agents[0].skills.fr" },
        { "'agents': [{'id':'a','extension':'10'},{'id':'b','extension':'10'}]", "duplicate",
            "$.tenants[0].agents[1].extension" },
        { "'hours': [{'id':'h','periods':[{'days':['monday'],'from':'09:00','to':'12:00'},"
            + "{'days':['monday'],'from':'11:59','to':'18:00'}]}]", "overlap", "$.tenants[0].hours[0].periods[1]" },
        { "'hours': [{'id':'h','periods':[{'days':['saturday'],'from':'20:00','to':'02:00'},"
            + "{'days':['sunday'],'from':'01:00','to':'03:00'}]}]", "overlap", "$.tenants[0].hours[0].periods[1]" },
        { "'hours': [{'id':'h','periods':[{'days':['lundi'],'from':'09:00','to':'12:00'}]}]", "wrongValue",
            "$.tenants[0].hours[0].periods[0].days[0]" },
        { "'hours': [{'id':'h','periods':[{'days':['monday'],'from':'25:00','to':'12:00'}]}]", "wrongValue",
            "$.tenants[0].hours[0].periods[0].from" },
        { "'hours': [{'id':'h','isAlwaysOpen':true,'frenchHolidays':true}]", "contradiction",
            "$.tenants[0].hours[0].isAlwaysOpen" },
        { "'dispositions': [{'id':'a','parent':'a'},{'id':'b'}]", "circle",
            "$.tenants[0].dispositions[0].parent" },
        { "'prompts': [{'id':'p'}]", "emptyPrompt", "$.tenants[0].prompts[0]" },
        { "'prompts': [{'id':'p','files':{'fr':'../x.wav'}}]", "badPath", "$.tenants[0].prompts[0].files.fr" },
        { "'trunks': [{'id':'t'}]", "noTarget", "$.tenants[0].trunks[0]" },
        { "'trunks': [{'id':'t','allowedSources':['10.0.0.0/33']}]", "badNetwork",
            "$.tenants[0].trunks[0].allowedSources[0]" },
        { "'trunks': [{'id':'t','hosts':[{'host':'a_b c'}]}]", "badHost", "$.tenants[0].trunks[0].hosts[0].host" },
        { "'trunks': [{'id':'t','hosts':[{'host':'192.0.2.1','port':65536}]}]", "outOfRange",
            "$.tenants[0].trunks[0].hosts[0].port" },
        { "'trunks': [{'id':'t','hosts':[{'host':'192.0.2.1'}],'codecs':['GSM']}]", "unknownCodec",
            "$.tenants[0].trunks[0].codecs[0]" },
        { "'trunks': [{'id':'t','hosts':[{'host':'192.0.2.1'}],'inboundRules':[{'pattern':'(','replacement':''}]}]",
            "badPattern", "$.tenants[0].trunks[0].inboundRules[0].pattern" },
        { "'phones': [{'id':'p','secret':''}]", "emptySecret", "$.tenants[0].phones[0].secret" },
        { "'phones': [{'id':'p'}]", "missingMember", "$.tenants[0].phones[0].secret" },
        { "'phones': [{'id':'p','secret':'env:PLATEAU_NO_SUCH_VARIABLE'}]", "noSecret",
            "$.tenants[0].phones[0].secret" },
        { "'lease': {'unreachableS':60,'logOutS':30}", "contradiction", "$.tenants[0].lease.logOutS" },
        { "'serviceLevels': [{'id':'s','thresholdS':0}]", "outOfRange", "$.tenants[0].serviceLevels[0].thresholdS" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_tenant_is_named_by_code_and_path(string members, string code, string path)
    {
        var reading = Parse($$"""{'tenants': [{'tenant': 'shop', {{members}}}]}""");
        Assert.Null(reading.Value);
        var error = Assert.Single(reading.Errors);
        Assert.Equal((code, path), (error.Code, error.Path.ToString()));
        Assert.True(error is { Line: 1, Column: > 1 });
        Assert.NotEqual(error.Text.En, error.Text.Fr);
    }

    [Theory]
    [InlineData("'node': 1024", "outOfRange", "$.node")]
    [InlineData("'sip': {'listeners': [{'transport':'sctp'}]}", "wrongValue", "$.sip.listeners[0].transport")]
    [InlineData("'sip': {'listeners': [{'transport':'tls'}]}", "noCertificate", "$.sip.listeners[0]")]
    [InlineData("'sip': {'listeners': [{'transport':'udp'},{'transport':'udp'}]}", "duplicate", "$.sip.listeners[1]")]
    [InlineData("'sip': {'advertisedAddress': 'here'}", "badAddress", "$.sip.advertisedAddress")]
    [InlineData("'rtp': {'portMin': 20001}", "contradiction", "$.rtp.portMin")]
    [InlineData("'rtp': {'portMin': 30000}", "contradiction", "$.rtp.portMax")]
    [InlineData("'http': {'port': 70000}", "outOfRange", "$.http.port")]
    [InlineData("'database': {'kind': 'postgres'}", "noConnection", "$.database")]
    [InlineData("'database': {'connection': 'file:/no/such/file'}", "noSecret", "$.database.connection")]
    [InlineData("'apiKeys': [{'name':'a','key':'short'}]", "weakKey", "$.apiKeys[0].key")]
    [InlineData("'apiKeys': [{'name':'a'}]", "severalTargets", "$.apiKeys[0]")]
    [InlineData("'limits': {'drainS': -1}", "outOfRange", "$.limits.drainS")]
    [InlineData("'telemetry': {'otlpEndpoint': 'collector'}", "badUrl", "$.telemetry.otlpEndpoint")]
    public void A_wrong_server_is_named_by_code_and_path(string members, string code, string path)
    {
        var error = Assert.Single(Parse($$"""{'tenants': [{'tenant': 'shop'}], {{members}}}""").Errors);
        Assert.Equal((code, path), (error.Code, error.Path.ToString()));
    }

    [Fact]
    public void Every_error_is_told_in_the_order_of_the_text_with_line_and_column()
    {
        var reading = Parse("""
            {
              // A comment, and an accent é before the error of the same line.
              'tenants': [{
                'tenant': 'shop', 'name': 'é', 'nmae': 1,
                'queues': [
                  { 'id': 'sales', 'ringS': 'long' },
                  { 'id': 'help', 'steps': [{ 'requires': { 'wine': 3 } }], 'hours': 'h' }
                ],
                'entryPoints': [{ 'number': '+33199000001', 'queue': 'sales' }],
              }],
            }
            """);
        Assert.Equal(
            [
                "4:36: $.tenants[0].nmae: unknown member 'nmae'; did you mean 'name'? [unknownMember]",
                "6:24: $.tenants[0].queues[0].ringS: a whole number expected [wrongType]",
                "7:49: $.tenants[0].queues[1].steps[0].requires.wine: 'wine' is not in 'skills' [danglingReference]",
                "7:65: $.tenants[0].queues[1].hours: 'h' is not in 'hours' [danglingReference]",
            ],
            reading.Errors.Select(e => e.ToString()));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("{\n\n  'tenants': [,]}", 3)]
    [InlineData("{'tenants': []} x", 1)]
    [InlineData("{'tenants':\n[{", 2)]
    public void A_text_that_is_not_JSON_is_told_with_its_line(string text, int line)
    {
        var error = Assert.Single(Parse(text).Errors);
        Assert.Equal(("syntax", line), (error.Code, error.Line));
    }

    [Fact]
    public void A_text_that_is_not_UTF8_is_told() =>
        Assert.Equal("syntax", Assert.Single(ConfigParser.ParseServer([(byte)'{', 0xC3, 0x28]).Errors).Code);

    [Fact]
    public void Deep_nesting_is_refused_and_does_no_harm() =>
        Assert.Equal("syntax", Assert.Single(Parse(new string('[', 100_000)).Errors).Code);

    [Fact]
    public void Two_tenants_may_not_share_a_name_or_a_phone()
    {
        var reading = Parse("""
            {'tenants': [{'tenant': 'a', 'phones': [{'id':'p1','secret':'x'}]},
                         {'tenant': 'A', 'phones': [{'id':'p1','secret':'y'}]}]}
            """);
        Assert.Equal(["$.tenants[1].tenant", "$.tenants[1].phones[0].id"], reading.Errors.Select(e => e.Path.ToString()));
    }

    [Fact]
    public void A_good_file_is_read_with_its_defaults()
    {
        var config = Parse("""
            {
              'sip': { 'listeners': [{ 'transport': 'udp', 'port': 5070 }] },
              'tenants': [{
                'tenant': 'shop',
                'skills': [{ 'id': 'fr' }],
                'hours': [{ 'id': 'week', 'periods': [{ 'days': ['monday', 'friday'], 'from': '09:00', 'to': '18:30' }] }],
                'queues': [{ 'id': 'sales', 'hours': 'week', 'joinPresence': 'ready, busy',
                             'steps': [{ 'requires': { 'fr': 5 } }, { 'afterS': 30 }] }],
                'agents': [{ 'id': 'anne', 'skills': { 'fr': 9 } }],
                'entryPoints': [{ 'number': '+331990012*', 'queue': 'sales' }],
              }],
            }
            """).Value!;
        Assert.Equal("0.0.0.0", config.Sip.Listeners[0].Address);
        Assert.Equal(15, config.Tenants[0].Queues[0].RingS);
        Assert.Equal(new TimeOnly(18, 30), config.Tenants[0].Hours[0].Periods[0].To);
        Assert.Equal(9, config.Tenants[0].Agents[0].Skills[new("fr")]);
    }

    [Fact]
    public void A_wrong_node_of_a_flow_is_named_at_its_place()
    {
        var reading = Parse("""
            {'tenants': [{'tenant': 'shop', 'flows': [{'id': 'welcome', 'start': 'a.b',
              'nodes': {'a.b': {'type': 'queue', 'queue': 'nowhere'}}}]}]}
            """);
        Assert.Contains(reading.Errors, e => e is { Code: "flow", Line: 2 }
            && e.Path.ToString().StartsWith("$.tenants[0].flows[0].nodes['a.b']", StringComparison.Ordinal));
    }

    [Fact]
    public void The_configuration_of_the_demo_is_without_error()
    {
        var text = File.ReadAllBytes(Path.Combine(Tidy.House.Root, "src/Plateau.Server/Demo/retailer.json"));
        Assert.Empty(ConfigParser.ParseCentre(text, static c => c).Errors);
    }

    [Fact]
    public void Pointers_and_paths_escape_odd_names()
    {
        var path = ConfigPath.Root.Member("a/b~c").At(3).Member("it's");
        Assert.Equal("/a~1b~0c/3/it's", path.ToPointer());
        Assert.Equal("$['a/b~c'][3]['it\\'s']", path.ToString());
    }

    private static ConfigReading<ServerConfig> Parse(string text) =>
        ConfigParser.ParseServer(Encoding.UTF8.GetBytes(text.Replace('\'', '"')));
}
