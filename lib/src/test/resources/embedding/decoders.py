import io, os, sys, zipfile
import numpy as np, torch, torch.nn as nn, torch.nn.functional as F
torch.manual_seed(0)
class Functional(nn.Module):
    def __init__(s):
        super().__init__()
        s.fc=nn.Linear(3,8); s.fc2=nn.Linear(8,2*4*2); s.c1=nn.ConvTranspose2d(2,3,4,2,1); s.c2=nn.ConvTranspose2d(3,1,4,2,1,bias=False)
    def forward(s,z):
        x=F.relu(s.fc(z)); x=F.leaky_relu(s.fc2(x),0.2)
        x=x.view(-1,2,4,2)
        return torch.sigmoid(s.c2(torch.relu(s.c1(x))))
def sequential(end):
    return nn.Sequential(nn.Linear(3,8),nn.ReLU(),nn.Linear(8,32),nn.LeakyReLU(0.1),nn.Unflatten(1,(2,4,4)),nn.ConvTranspose2d(2,3,4,2,1),nn.ReLU(inplace=True),nn.ConvTranspose2d(3,1,3,1,1),end)
class Nested(nn.Module):
    def __init__(s):
        super().__init__(); s.net=sequential(nn.Tanh())
    def forward(s,z):
        return s.net(z).reshape(z.size(0),1,8,8)
class Normed(nn.Module):
    def __init__(s):
        super().__init__(); s.fc=nn.Linear(3,64); s.norm=nn.BatchNorm1d(64)
    def forward(s,z): return torch.sigmoid(s.norm(s.fc(z))).view(-1,1,8,8)
class Branch(nn.Module):
    def __init__(s):
        super().__init__(); s.fc=nn.Linear(3,64)
    def forward(s,z):
        x=s.fc(z)
        if x.sum()>0: x=torch.relu(x)
        return torch.sigmoid(x).view(-1,1,8,8)
class Encoder(nn.Module):
    def __init__(s):
        super().__init__(); s.fc=nn.Linear(64,6)
    def forward(s,x):
        y=s.fc(x.flatten(1)); return y[:,:3], y[:,3:]
z=torch.tensor([[0.5,-1.0,2.0]])
def save(m,name):
    b=io.BytesIO(); torch.jit.save(m,b)
    with zipfile.ZipFile(b) as i, zipfile.ZipFile(name,'w',zipfile.ZIP_DEFLATED) as o:
        for e in i.infolist():
            if not e.filename.endswith('.debug_pkl'):
                o.writestr(zipfile.ZipInfo(e.filename,(1980,1,1,0,0,0)),i.read(e.filename),zipfile.ZIP_STORED if '/data/' in e.filename else zipfile.ZIP_DEFLATED)
out=sys.argv[1]  # python decoders.py FOLDER, with PyTorch 2.13
models={'functional':torch.jit.script(Functional().eval()),'sequential':torch.jit.script(sequential(nn.Sigmoid()).eval()),
 'traced':torch.jit.trace(sequential(nn.Sigmoid()).eval(),z),'tanh':torch.jit.script(Nested().eval()),
 'norm':torch.jit.script(Normed().eval()),'branch':torch.jit.script(Branch().eval()),
 'frozen':torch.jit.freeze(torch.jit.script(Nested().eval()))}
for k,m in models.items():
    save(m,f'{out}/decoder-{k}.pt')
    print(k,m(z).shape,os.path.getsize(f'{out}/decoder-{k}.pt'))
save(torch.jit.script(Encoder()),f'{out}/encoder-of-8x8.pt')
