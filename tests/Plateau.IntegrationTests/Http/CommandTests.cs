using Plateau.Server.Cli;

namespace Plateau.IntegrationTests.Http;

/// <summary>The commands' exit codes, which scripts rely on.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plateau-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0, "--help")]
    [InlineData(0, "serve", "--help")]
    [InlineData(0, "check", "--help")]
    [InlineData(0, "replay", "--help")]
    [InlineData(0, "export", "calls", "--help")]
    [InlineData(0, "flow", "run", "--help")]
    [InlineData(0, "events", "--help")]
    [InlineData(0, "keys", "create", "--help")]
    [InlineData(0, "version")]
    [InlineData(0, "check", "--schema")]
    [InlineData(2)]
    [InlineData(2, "dance")]
    [InlineData(2, "serve")]
    [InlineData(2, "check")]
    [InlineData(2, "version", "--lang", "de")]
    [InlineData(4, "check", "no-such-file.json")]
    [InlineData(4, "serve", "--config", "no-such-file.json")]
    [InlineData(4, "replay", "no-such-folder")]
    [InlineData(4, "flow", "check", "no-such-file.json")]
    public async Task Commands_answer_with_the_documented_code(int code, params string[] args) =>
        Assert.Equal(code, (await Run(args)).Code);

    [Fact]
    public async Task A_wrong_file_is_code_3_with_path_and_line_in_the_language_asked_for()
    {
        var file = Write("{\n  \"tenants\": [{ \"tenant\": \"shop\", \"callsMax\": 0 }]\n}");
        var (code, _, error) = await Run("check", file, "--lang", "fr");
        Assert.Equal(3, code);
        Assert.Contains($"{file}:2:35: $.tenants[0].callsMax: 0 n'est pas dans 1 à 100000 [outOfRange]", error,
            StringComparison.Ordinal);
        Assert.Equal(3, (await Run("serve", "--config", file)).Code);
    }

    [Fact]
    public async Task A_good_file_is_code_0()
    {
        var (code, output, _) = await Run("check", Write("{ \"tenants\": [{ \"tenant\": \"shop\" }] }"), "--lang", "en");
        Assert.Equal((0, true), (code, output.Contains("no error", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_folder_without_a_journal_is_code_5() => Assert.Equal(5, (await Run("replay", _folder)).Code);

    [Fact]
    public async Task A_flow_runs_without_a_telephone()
    {
        var file = Write("""
            { "id": "hello", "start": "say", "nodes": {
                "say": { "type": "say", "text": "Bonjour", "next": "bye" }, "bye": { "type": "hangup" } } }
            """);
        var (code, output, _) = await Run("flow", "run", file, "--lang", "en");
        Assert.Equal(0, code);
        Assert.Contains("heard", output, StringComparison.Ordinal);
        Assert.Contains("Bonjour", output, StringComparison.Ordinal);
        var wrong = Write("""{ "id": "hello", "start": "nowhere", "nodes": {} }""");
        Assert.Equal(3, (await Run("flow", "check", wrong)).Code);
    }

    [Theory]
    [InlineData("fr", "LANG=fr_FR.UTF-8")]
    [InlineData("en", "LANG=de_DE.UTF-8")]
    [InlineData("en", "LC_ALL=C", "LANG=fr_FR.UTF-8")]
    [InlineData("fr", "LC_MESSAGES=fr_CA", "LANG=en_GB.UTF-8")]
    [InlineData("en")]
    public void The_language_follows_the_environment_in_the_order_of_POSIX(string language, params string[] environment)
    {
        var variables = environment.Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1]);
        Assert.Equal(language, Terminal.LanguageOf([], variables.GetValueOrDefault));
        Assert.Equal("fr", Terminal.LanguageOf(["check", "--lang", "fr"], variables.GetValueOrDefault));
    }

    private string Write(string text)
    {
        var path = Path.Combine(_folder, $"{Guid.NewGuid():n}.json");
        File.WriteAllText(path, text);
        return path;
    }

    private static async Task<(int Code, string Output, string Error)> Run(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        return (await CommandLine.RunAsync(args, output, error), output.ToString(), error.ToString());
    }
}
